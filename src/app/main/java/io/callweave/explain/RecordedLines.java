package io.callweave.explain;

import io.callweave.bridge.Receipt;
import io.callweave.bridge.RecordedTimestamps;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;
import io.callweave.notification.RoutingResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** All lines of the files in their order, with the time of their receipt, else that of the recording as in {@code run}. */
public record RecordedLines(List<RecordedLine> lines) {

    /** Hears of the lines while they are read. */
    public interface Listener {

        /** It was read. */
        default void line(NotificationLine line) {}

        /** It cannot be used, or not all of it. */
        default void rejected(NotificationLine line, Rejection rejection) {}
    }

    /**
     * Reads all lines.
     *
     * @param limits larger notifications are rejected
     * @param tally counts the lines, and those that cannot be used
     */
    public static RecordedLines read(FileNotifications files, NotificationLimits limits, Tally tally) {
        return read(files, KeptNotifications.ofTopic(limits), tally, new Listener() {});
    }

    /**
     * Reads lines to their end.
     *
     * @param reader decides what counts of them
     * @param listener hears of each
     */
    public static RecordedLines read(
            Iterator<NotificationLine> files, KeptNotifications reader, Tally tally, Listener listener) {
        List<RecordedLine> lines = new ArrayList<>();
        each(files, reader, tally, listener, lines::add);
        return new RecordedLines(lines);
    }

    /** Takes a line. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(RecordedLine line) throws E;
    }

    /** The same one by one, for as many lines as there are. */
    public static <E extends Exception> void each(
            Iterator<NotificationLine> files, KeptNotifications reader, Tally tally, Listener listener, Taker<E> taker)
            throws E {
        NotificationKeyer keyer = new NotificationKeyer(reader.limits().maxBytes());
        RecordedTimestamps times = new RecordedTimestamps(value -> {
            List<PartyEvent> events = reader.read(value).events();
            return events.isEmpty() ? null : events.get(0).eventTime();
        });
        while (files.hasNext()) {
            NotificationLine line = files.next();
            tally.line();
            listener.line(line);
            ParseResult reading = reader.read(line.value());
            if (reading instanceof ParseResult.Skipped skipped) {
                tally.skipped(skipped.kind().wireName(), 1);
                continue;
            }
            Rejection rejection = reading.rejection();
            if (rejection != null) {
                tally.bad(rejection.reason().wireName());
                listener.rejected(line, rejection);
            }
            RoutingResult routing = keyer.key(line.value());
            Long receivedAt = routing instanceof RoutingResult.Keyed || routing instanceof RoutingResult.OfFact
                    ? receivedAt(line, routing, times)
                    : null;
            taker.take(new RecordedLine(
                    line.source(),
                    receivedAt,
                    line.receivedAt() != null,
                    reading.known(),
                    reading.events(),
                    reading instanceof ParseResult.OfFact fact
                            ? new RecordedLine.Fact(
                                    fact.notice(), reader.kept(fact.notice().kind(), line.value()))
                            : null,
                    rejection));
        }
    }

    private static long receivedAt(NotificationLine line, RoutingResult routing, RecordedTimestamps times) {
        Long known = line.receivedAt();
        return known == null
                ? times.of(line.value(), routing, new Receipt("file", System.currentTimeMillis(), line.source()))
                : known;
    }

    /** The telephony sessions that can be one call with this one: those that name each other as peers, transitively. */
    Set<String> relatives(String accountId, String telephonySessionId) {
        Map<String, Set<String>> named = new HashMap<>();
        for (RecordedLine line : lines) {
            for (PartyEvent event : line.events()) {
                Peer peer = event.facts().peer();
                if (peer != null && event.session().accountId().equals(accountId)) {
                    String own = event.session().telephonySessionId();
                    named.computeIfAbsent(own, id -> new HashSet<>()).add(peer.telephonySessionId());
                    named.computeIfAbsent(peer.telephonySessionId(), id -> new HashSet<>())
                            .add(own);
                }
            }
        }
        Set<String> relatives = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(telephonySessionId));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (relatives.add(id)) {
                open.addAll(named.getOrDefault(id, Set.of()));
            }
        }
        return relatives;
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
