package io.callweave.bench.dsl;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.Suppressed;
import org.apache.kafka.streams.state.SessionStore;

/** One record for each session window of a telephony session, when the window is closed. */
public final class SessionWindowTopology {

    /** Longer than the pauses in most conversations, shorter than those in long ones. */
    private static final Duration GAP = Duration.ofMinutes(10);

    private static final Duration GRACE = Duration.ofMinutes(1);

    private SessionWindowTopology() {}

    /**
     * Builds it.
     *
     * @param input the topic of notifications
     * @param output the topic of calls; keys are the telephony session and the start of its window
     */
    public static Topology build(String input, String output) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<String> text = Serdes.String();
        Serde<DslNotification> notification = JsonSerde.of(DslNotification.class);
        builder.stream(input, Consumed.with(text, notification).withName("notifications"))
                .groupByKey(Grouped.with("by-session", text, notification))
                .windowedBy(SessionWindows.ofInactivityGapAndGrace(GAP, GRACE))
                .aggregate(
                        DslSession::empty,
                        (key, one, session) -> session.with(key, one),
                        (key, first, second) -> merged(first, second),
                        Named.as("collect"),
                        Materialized.<String, DslSession, SessionStore<Bytes, byte[]>>as("session-windows")
                                .withKeySerde(text)
                                .withValueSerde(JsonSerde.of(DslSession.class)))
                .suppress(Suppressed.untilWindowCloses(Suppressed.BufferConfig.unbounded())
                        .withName("until-closed"))
                .toStream(
                        (window, session) ->
                                window.key() + "/" + window.window().start(),
                        Named.as("closed"))
                .mapValues(DslFold::of, Named.as("fold"))
                .to(output, Produced.with(text, JsonSerde.of(DslCall.class)).withName("to-calls"));
        return builder.build();
    }

    private static DslSession merged(DslSession first, DslSession second) {
        SortedMap<String, DslSession.Event> events = new TreeMap<>(second.events());
        events.putAll(first.events());
        DslSession named = second.id().isEmpty() ? first : second;
        return new DslSession(named.id(), named.accountId(), named.origin(), events);
    }
}
