package io.callweave.cli.files;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.listing.CallListing;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.record.PartyRowJson;
import io.callweave.record.WindowJson;
import io.callweave.topology.directory.Directory;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The party rows and windows of finished calls, without Kafka: as the topology leaves them in the end. */
final class FinalFigures {

    private final Collection<CallRecord> calls;
    private final Directory directory;

    FinalFigures(Collection<CallRecord> calls, Collection<DirectoryEntry> extensions) {
        this.calls = calls;
        this.directory = extensions.isEmpty() ? Directory.NONE : DirectoryLookup.of(extensions)::find;
    }

    /** A row for each party, sorted by key. */
    void writeParties(CallListing list) throws IOException {
        Map<String, byte[]> rows = new TreeMap<>();
        for (CallRecord call : calls) {
            for (PartyRecord party : call.parties()) {
                rows.put(
                        PartyRowJson.key(call, party),
                        PartyRowJson.write(
                                call,
                                party,
                                1,
                                0,
                                directory.find(call.accountId(), party.extensionId()),
                                directory.find(call.accountId(), party.queueExtensionId())));
            }
        }
        write(rows, list);
    }

    /** A line for each window in which there are calls, sorted by key. */
    void writeWindows(WindowRules rules, CallListing list) throws IOException {
        Map<WindowKey, WindowAggregate> windows = new HashMap<>();
        for (CallRecord call : calls) {
            Map<WindowKey, Measures> added = CountedCall.of(call, rules, directory.departments(call.accountId()))
                    .windows(call.accountId());
            added.forEach((window, measures) -> windows.computeIfAbsent(window, key -> new WindowAggregate())
                    .add(measures));
        }
        Map<String, byte[]> rows = new TreeMap<>();
        windows.forEach((window, aggregate) -> rows.put(
                WindowJson.key(window), WindowJson.write(window, directory.nameOf(window), 0, aggregate, rules)));
        write(rows, list);
    }

    private static void write(Map<String, byte[]> rows, CallListing list) throws IOException {
        try (list) {
            for (byte[] row : rows.values()) {
                list.add(row);
            }
        }
    }
}
