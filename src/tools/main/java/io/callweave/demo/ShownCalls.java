package io.callweave.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finished calls as lines on a terminal, each when it comes, and again when its line changes. */
public final class ShownCalls {

    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final int REMEMBERED = 10_000;

    private final CallsWatch watch;
    private final OutputStream records;
    private final PrintWriter out;
    private final Runnable beforeLine;
    private final Ink ink;
    private @Nullable LocalDate shownDay;

    /** The last lines of calls, as they are without corrections; later ones are rare. */
    private final Map<String, String> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Shows nothing yet.
     *
     * @param records the call records go here as they are
     * @param beforeLine makes room for a line
     */
    public ShownCalls(CallsWatch watch, OutputStream records, PrintWriter out, Runnable beforeLine, Ink ink) {
        this.watch = watch;
        this.records = records;
        this.out = out;
        this.beforeLine = beforeLine;
        this.ink = ink;
    }

    /**
     * Shows what has come, after at most this long.
     *
     * @throws IOException if the reader has closed it
     */
    public void show(Duration atMost) throws IOException {
        for (CallsWatch.Emission emission : watch.poll(atMost)) {
            records.write(emission.value().getBytes(StandardCharsets.UTF_8));
            records.write('\n');
            // It was shown before, and is now part of a call that is shown again.
            if (!emission.isSuperseded() && looksNew(emission)) {
                beforeLine.run();
                showDay(CallLine.day(emission.call(), ZONE));
                out.println(CallLine.of(emission.call(), emission.revision(), watch.directory(), ZONE, ink));
                out.flush();
            }
        }
        records.flush();
        if (out.checkError()) {
            // A PrintWriter does not throw this itself.
            throw new IOException("Broken pipe");
        }
    }

    /** A correction of what a line does not show would look like the same call again. */
    private boolean looksNew(CallsWatch.Emission emission) {
        String line = CallLine.of(emission.call(), 1, watch.directory(), ZONE, new Ink(false));
        return !line.equals(
                shown.put(emission.call().accountId() + emission.call().callId(), line));
    }

    /** Above the first call of a day. A call that ended before midnight can come after one of the next day. */
    private void showDay(LocalDate day) {
        if (!day.equals(shownDay) && !day.plusDays(1).equals(shownDay)) {
            shownDay = day;
            out.println(ink.faint(CallLine.heading(day, ZONE)));
        }
    }
}
