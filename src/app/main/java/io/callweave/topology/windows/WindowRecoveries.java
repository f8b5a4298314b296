package io.callweave.topology.windows;

import io.callweave.call.event.SessionKey;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.WindowAggregate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The windows whose figures nobody knows until they are put together again from their calls, by account and day. */
final class WindowRecoveries {

    private final CountedCallStore calls;
    private final WindowTable table;
    private final Map<SessionKey, WindowRecovery> byDay = new HashMap<>();

    WindowRecoveries(CountedCallStore calls, WindowTable table) {
        this.calls = calls;
        this.table = table;
    }

    /** What was not emitted before a restart. The store has its calls, but maybe not what they add up to. */
    void restored(Window window) {
        window.outdated = true;
        byDay.computeIfAbsent(
                        dayOf(window),
                        day -> new WindowRecovery(calls, window.page.key.accountId(), window.page.key.day()))
                .add(window.key());
    }

    /** The figures in memory may be wrong. */
    void outdate(Window window) {
        window.unwritten = false;
        window.storedUnsent = true;
        restored(window);
    }

    /**
     * Goes on putting an outdated window together, and with it the others of its account and day.
     *
     * @param limit through how many calls at the most
     * @return through how many, at least 1
     */
    int recover(Window window, int limit) {
        SessionKey day = dayOf(window);
        WindowRecovery recovery = Objects.requireNonNull(byDay.get(day));
        int passed = recovery.goOn(limit);
        if (recovery.isDone()) {
            byDay.remove(day);
            recovery.windows().forEach((key, figures) -> done(table.window(key), figures));
        }
        return Math.max(1, passed);
    }

    private void done(Window window, WindowAggregate figures) {
        if (!figures.isExact()) {
            // So much was taken out of it meanwhile that it has to begin again.
            outdate(window);
            return;
        }
        // Notes are of several windows, of which some were emitted.
        byte[] before = window.figures.form();
        window.figures.replaceBy(figures);
        window.sentBefore = !window.storedUnsent && Arrays.equals(before, window.figures.form());
        window.outdated = false;
        window.unwritten = true;
    }

    /** A call counts otherwise now, for the windows that are being put together. */
    void recount(String accountId, String callId, @Nullable CountedCall before, @Nullable CountedCall now) {
        if (byDay.isEmpty()) {
            return;
        }
        List<WindowRecovery> concerned = byDay.entrySet().stream()
                .filter(entry -> entry.getKey().accountId().equals(accountId))
                .map(Map.Entry::getValue)
                .toList();
        concerned.forEach(recovery -> recovery.changed(callId, before, now));
    }

    /** As days are kept elsewhere, the number of the day stands for a session. */
    private static SessionKey dayOf(Window window) {
        return new SessionKey(window.page.key.accountId(), Long.toString(window.page.key.day()));
    }
}
