package io.callweave.metrics;

import io.callweave.call.record.CallRecord;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a finished call added to its windows: all that is needed to subtract it again, even if the settings have changed
 * since. Times are milliseconds since the epoch.
 *
 * @param dayStart the start of the account's day in which the call began
 * @param digest the {@link RecordDigest} of its record; null if the account has no hourly windows
 * @param shares empty for a call that does not count
 */
public record CountedCall(
        long startTime, long dayStart, @Nullable Long digest, List<Share> shares) {

    /** A call in which a supervisor only listens does not count. */
    private static final String MONITORING = "Monitoring";

    /** In which windows of the account records are counted, also those of calls that do not count. */
    private static final WindowSize RECORDS = WindowSize.PT1H;

    private static final Measures NOTHING = new Measures(Set.of(), Map.of());

    public CountedCall {
        shares = List.copyOf(shares);
    }

    /** A call of an account without known departments. */
    public static CountedCall of(CallRecord call, WindowRules rules) {
        return of(call, rules, Departments.NONE);
    }

    /** A call whose record nobody has emitted: it has the epoch 0 and the revision 1, as {@code assemble} prints them. */
    public static CountedCall of(CallRecord call, WindowRules rules, Departments departments) {
        return of(call, rules, departments, 0, 1);
    }

    /** A call with the record that was emitted. */
    public static CountedCall of(
            CallRecord call, WindowRules rules, Departments departments, long epoch, long revision) {
        long start = call.times().startTime();
        long dayStart = WindowSize.P1D.start(start, rules.zone(call.accountId()));
        List<Share> shares = new ArrayList<>();
        if (!call.outcome().action().equals(MONITORING)) {
            CallMeasures measures = new CallMeasures(call, rules.levels());
            add(shares, rules, Scope.ACCOUNT, List.of(call.accountId()), measures.ofAccount());
            measures.byExtension()
                    .forEach((extension, own) -> add(shares, rules, Scope.EXTENSION, List.of(extension), own));
            if (departments != Departments.NONE) {
                measures.byDepartment(departments)
                        .forEach((department, own) -> add(shares, rules, Scope.DEPARTMENT, List.of(department), own));
            }
            measures.byQueue().forEach((queue, own) -> add(shares, rules, Scope.QUEUE, List.of(queue), own));
            if (!rules.sizes(Scope.NUMBER).isEmpty()) {
                add(shares, rules, Scope.NUMBER, measures.outsideNumbers(), measures.ofNumber());
            }
        }
        Long digest =
                rules.sizes(Scope.ACCOUNT).contains(RECORDS) ? RecordDigest.of(call.callId(), epoch, revision) : null;
        return new CountedCall(start, dayStart, digest, shares);
    }

    private static void add(
            List<Share> shares, WindowRules rules, Scope scope, Collection<String> ids, Measures measures) {
        Set<WindowSize> sizes = rules.sizes(scope);
        if (!sizes.isEmpty()) {
            ids.forEach(id -> shares.add(new Share(scope, id, sizes, measures)));
        }
    }

    /** Whether no window changes with it. */
    public boolean isNothing() {
        return digest == null && shares.isEmpty();
    }

    /** The same call with a record that says that it is partial. */
    public CountedCall asPartial(String callId, long epoch, long revision) {
        return new CountedCall(
                startTime,
                dayStart,
                digest == null ? null : Long.valueOf(RecordDigest.of(callId, epoch, revision)),
                shares.stream()
                        .map(share -> new Share(
                                share.scope(),
                                share.scopeId(),
                                share.sizes(),
                                share.measures().asPartial()))
                        .toList());
    }

    /** Each window of the call, and what the call adds to it. */
    public Map<WindowKey, Measures> windows(String accountId) {
        Map<WindowKey, Measures> windows = new LinkedHashMap<>();
        for (Share share : shares) {
            for (WindowSize size : share.sizes()) {
                windows.put(
                        new WindowKey(accountId, share.scope(), share.scopeId(), size, windowStart(size)),
                        measures(share, size));
            }
        }
        if (shares.isEmpty() && digest != null) {
            windows.put(
                    new WindowKey(accountId, Scope.ACCOUNT, accountId, RECORDS, windowStart(RECORDS)),
                    NOTHING.withRecord(digest));
        }
        return windows;
    }

    /** What one of its shares adds to a window of this size. */
    public Measures measures(Share share, WindowSize size) {
        return digest != null && share.scope() == Scope.ACCOUNT && size == RECORDS
                ? share.measures().withRecord(digest)
                : share.measures();
    }

    /** When the window of this size begins that the call is in. */
    public long windowStart(WindowSize size) {
        return size == WindowSize.P1D ? dayStart : size.start(startTime, ZoneOffset.UTC);
    }
}
