package io.callweave.jmh;

import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.session.LastEmission;
import io.callweave.topology.session.SessionSize;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionTie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the benchmarks work on: the same simulated calls every time, in several forms. */
final class Samples {

    private static final int NOTIFICATIONS = 4_000;
    private static final int ACCOUNTS = 5;
    private static final long START = 1_772_452_800_000L;
    private static final double GAP = 200;
    private static final int CALLS_PER_WINDOW = 40;
    private static final int HASH_BYTES = 16;

    final List<byte[]> notifications = new ArrayList<>();
    final List<PartyEvent> events = new ArrayList<>();

    /** The events of each session. */
    final List<List<PartyEvent>> sessions;

    final List<CallRecord> records;
    final List<WindowAggregate> windows = new ArrayList<>();
    final List<SessionState> states;
    final WindowKey window = new WindowKey("100000000", Scope.ACCOUNT, "100000000", WindowSize.PT1H, START);

    Samples() {
        LiveTraffic traffic = new LiveTraffic(CallTemplates.make(), ACCOUNTS, START, GAP, LiveTraffic.LINKED_SHARE);
        traffic.mixed(NOTIFICATIONS, (session, bytes, receivedAt) -> notifications.add(bytes));
        traffic.rest((session, bytes, receivedAt) -> notifications.add(bytes));
        NotificationReader reader = new NotificationReader();
        notifications.forEach(bytes -> events.addAll(reader.read(bytes).events()));
        Map<SessionKey, List<PartyEvent>> bySession = new LinkedHashMap<>();
        events.forEach(event -> bySession
                .computeIfAbsent(event.session(), key -> new ArrayList<>())
                .add(event));
        sessions = List.copyOf(bySession.values());
        records = sessions.stream().map(Samples::fold).toList();
        addWindows();
        states = sessions.stream().map(Samples::state).toList();
        // Neighbours are much alike, and a benchmark must not learn their order.
        Collections.shuffle(notifications, new Random(1));
    }

    /** The whole way from events to a record. */
    static CallRecord fold(List<PartyEvent> events) {
        Session session = Session.of(events.get(0).session(), events);
        return CallRecord.of(Call.of(List.of(session), List.of()), CallRules.DEFAULT);
    }

    private void addWindows() {
        WindowAggregate aggregate = new WindowAggregate();
        int calls = 0;
        for (CallRecord record : records) {
            for (Share share : CountedCall.of(record, WindowRules.DEFAULT).shares()) {
                if (share.scope() == Scope.ACCOUNT) {
                    aggregate = aggregate.add(share.measures());
                    calls++;
                }
            }
            if (calls >= CALLS_PER_WINDOW) {
                windows.add(aggregate);
                aggregate = new WindowAggregate();
                calls = 0;
            }
        }
    }

    /** As it is after the first record of its call. */
    private static SessionState state(List<PartyEvent> events) {
        PartyEvent last = events.get(events.size() - 1);
        String id = last.session().telephonySessionId();
        return SessionState.NEW
                .generation(last.sequence())
                .scheduledDue(last.eventTime())
                .grown(new SessionSize(events.size(), 2, events.size() * 400L, 0), last.eventTime())
                .tie(id + "-peer", SessionTie.ofBits(1))
                .countedIn(id)
                .emission(new LastEmission(1, null, 7, new byte[HASH_BYTES], false, null));
    }
}
