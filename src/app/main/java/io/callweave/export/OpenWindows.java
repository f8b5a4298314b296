package io.callweave.export;

import io.callweave.call.record.CallRecord;
import io.callweave.listing.CallListing;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.record.WindowJson;
import io.callweave.topology.directory.Directory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The windows of calls that come by start: a window is written when the first call after it comes, so those of a day are open. */
final class OpenWindows {

    private final WindowRules rules;
    private final Directory directory;
    private final ExportSelection selection;
    private final CallListing out;
    private final TreeMap<Long, Map<WindowKey, WindowAggregate>> byEnd = new TreeMap<>();
    private long written;

    OpenWindows(WindowRules rules, Directory directory, ExportSelection selection, CallListing out) {
        this.rules = rules;
        this.directory = directory;
        this.selection = selection;
        this.out = out;
    }

    void add(CallRecord call) throws IOException {
        write(byEnd.headMap(call.times().startTime(), true));
        Map<WindowKey, Measures> added = CountedCall.of(call, rules, directory.departments(call.accountId()))
                .windows(call.accountId());
        added.forEach((window, measures) -> {
            if (selection.period().contains(window.start())) {
                byEnd.computeIfAbsent(rules.end(window), time -> new HashMap<>())
                        .computeIfAbsent(window, key -> new WindowAggregate())
                        .add(measures);
            }
        });
    }

    /** Writes those that are still open. */
    long finish() throws IOException {
        write(byEnd);
        return written;
    }

    private void write(Map<Long, Map<WindowKey, WindowAggregate>> ended) throws IOException {
        for (Map<WindowKey, WindowAggregate> windows : ended.values()) {
            TreeMap<String, byte[]> sorted = new TreeMap<>();
            windows.forEach((window, aggregate) -> sorted.put(
                    WindowJson.key(window), WindowJson.write(window, directory.nameOf(window), 0, aggregate, rules)));
            for (byte[] window : sorted.values()) {
                out.add(window);
                written++;
            }
        }
        ended.clear();
    }
}
