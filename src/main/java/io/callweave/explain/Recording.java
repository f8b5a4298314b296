package io.callweave.explain;

import io.callweave.bridge.Receipt;
import io.callweave.bridge.RecordedTimestamps;
import io.callweave.call.PartyEvent;
import io.callweave.local.FileNotifications;
import io.callweave.local.NotificationLine;
import io.callweave.local.Tally;
import io.callweave.notification.Keying;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.Reading;
import io.callweave.notification.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All lines of the files in their order, with the time of the recording as {@code run} has it. */
public record Recording(List<RecordedLine> lines) {

    /**
     * Reads lines to their end.
     *
     * @param maxBytes larger notifications are refused
     * @param tally counts them, and what cannot be used
     */
    public static Recording read(FileNotifications files, int maxBytes, Tally tally) {
        NotificationKeyer keyer = new NotificationKeyer(maxBytes);
        NotificationReader reader = new NotificationReader(maxBytes);
        RecordedTimestamps times = new RecordedTimestamps(value -> {
            List<PartyEvent> events = reader.read(value).events();
            return events.isEmpty() ? null : events.get(0).eventTime();
        });
        List<RecordedLine> lines = new ArrayList<>();
        while (files.hasNext()) {
            NotificationLine line = files.next();
            tally.line();
            Reading reading = reader.read(line.value());
            if (reading instanceof Reading.Skipped skipped) {
                tally.skipped(skipped.kind().wireName(), 1);
                continue;
            }
            Rejection rejection = reading.rejection();
            if (rejection != null) {
                tally.bad(rejection.reason().wireName());
            }
            Long receivedAt = keyer.key(line.value()) instanceof Keying.Keyed keyed
                    ? times.of(line.value(), keyed, new Receipt("file", System.currentTimeMillis(), line.source()))
                    : null;
            lines.add(new RecordedLine(line.source(), receivedAt, reading.known(), reading.events(), rejection));
        }
        return new Recording(lines);
    }

    /** The accounts in which something names this telephony session, as its own or as a peer. */
    public SortedSet<String> accountsThatName(String telephonySessionId) {
        SortedSet<String> accounts = new TreeSet<>();
        for (RecordedLine line : lines) {
            String account = line.known().account();
            if (account != null && telephonySessionId.equals(line.known().telephonySessionId())) {
                accounts.add(account);
            }
            for (PartyEvent event : line.events()) {
                if (event.facts().peer() != null
                        && telephonySessionId.equals(event.facts().peer().telephonySessionId())) {
                    accounts.add(event.session().accountId());
                }
            }
        }
        return accounts;
    }
}
