package io.callweave.bench.competitors;

import io.callweave.bench.dsl.DslFold;
import io.callweave.bench.dsl.DslNotification;
import io.callweave.bench.dsl.DslSession;
import io.callweave.bench.dsl.JsonSerde;
import io.callweave.bench.traffic.LiveTraffic;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/** The calls that the DSL must make of the input, folded here without Kafka. */
final class ExpectedCalls implements LiveTraffic.Sink {

    /** Longer than a call of the traffic lasts, so that none changes after it was forgotten. */
    static final long FORGOTTEN_AFTER = 6 * 60 * 60_000L;

    private final Deserializer<DslNotification> notifications =
            JsonSerde.of(DslNotification.class).deserializer();
    private final Map<Integer, CallFigures> calls = new HashMap<>();
    /** From the one whose last notification is the oldest. */
    private final Map<String, Recent> recent = new LinkedHashMap<>();

    private record Recent(DslSession session, long lastAt) {}

    @Override
    public void send(String session, byte[] notification, long receivedAt) {
        Recent before = recent.remove(session);
        DslSession with = (before == null ? DslSession.empty() : before.session())
                .with(session, notifications.deserialize("", notification));
        recent.put(session, new Recent(with, receivedAt));
        if (with.isOver()) {
            calls.put(LiveTraffic.sessionNumber(session), CallFigures.of(DslFold.of(with)));
        }
        forget(receivedAt - FORGOTTEN_AFTER);
    }

    private void forget(long before) {
        Iterator<Recent> oldest = recent.values().iterator();
        while (oldest.hasNext() && oldest.next().lastAt() < before) {
            oldest.remove();
        }
    }

    /** By the number of their session; only those that are over. */
    Map<Integer, CallFigures> calls() {
        return calls;
    }
}
