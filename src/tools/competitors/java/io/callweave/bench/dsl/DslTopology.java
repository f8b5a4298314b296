package io.callweave.bench.dsl;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Party events, a call for each session in which all parties are over, and four windows per account. Aggregates and
 * repartitioning follow the manual of the DSL.
 */
public final class DslTopology {

    /** Without the prefix. */
    public static final String EVENTS = "events";

    public static final String CALLS = "calls";
    public static final String WINDOWS = "windows";

    /** The lengths of the windows. */
    public static final List<Duration> SIZES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(1));

    private DslTopology() {}

    /**
     * Builds it.
     *
     * @param input the topic of notifications
     * @param prefix of the topics that it writes
     * @param sent counts the calls that are sent to their account
     * @param counted counts the calls that reached the windows of their account
     */
    public static Topology build(String input, String prefix, LongAdder sent, LongAdder counted) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<String> text = Serdes.String();
        Serde<DslCall> call = JsonSerde.of(DslCall.class);
        KStream<String, DslNotification> notifications = builder.stream(
                input, Consumed.with(text, JsonSerde.of(DslNotification.class)).withName("notifications"));
        notifications
                .flatMapValues(DslPartyEvent::of, Named.as("split"))
                .to(
                        prefix + EVENTS,
                        Produced.with(text, JsonSerde.of(DslPartyEvent.class)).withName("to-events"));
        KStream<String, DslCall> calls = notifications
                .groupByKey(Grouped.with("by-session", text, JsonSerde.of(DslNotification.class)))
                .aggregate(
                        DslSession::empty,
                        (key, notification, session) -> session.with(key, notification),
                        Named.as("collect"),
                        Materialized.<String, DslSession, KeyValueStore<Bytes, byte[]>>as("sessions")
                                .withKeySerde(text)
                                .withValueSerde(JsonSerde.of(DslSession.class)))
                .toStream(Named.as("changed"))
                .filter((key, session) -> session.isOver(), Named.as("over"))
                .mapValues(DslFold::of, Named.as("fold"));
        calls.to(prefix + CALLS, Produced.with(text, call).withName("to-calls"));
        KStream<String, DslCall> byAccount = calls.selectKey((key, one) -> one.accountId(), Named.as("account"))
                .peek((key, one) -> sent.increment(), Named.as("count-sent"))
                .repartition(Repartitioned.<String, DslCall>as("by-account")
                        .withKeySerde(text)
                        .withValueSerde(call));
        KGroupedStream<String, DslCall> accounts = byAccount.groupByKey(Grouped.with("accounts", text, call));
        for (Duration size : SIZES) {
            window(size, accounts, prefix);
        }
        byAccount.foreach((key, one) -> counted.increment(), Named.as("count-counted"));
        return builder.build();
    }

    private static void window(Duration size, KGroupedStream<String, DslCall> accounts, String prefix) {
        accounts.windowedBy(TimeWindows.ofSizeWithNoGrace(size))
                .aggregate(
                        DslWindow::empty,
                        (account, call, window) -> window.with(call),
                        Named.as("window-" + size),
                        Materialized.<String, DslWindow, WindowStore<Bytes, byte[]>>as("windows-" + size)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(JsonSerde.of(DslWindow.class)))
                .toStream(
                        (window, value) -> window.key() + "/" + window.window().start(), Named.as("window-key-" + size))
                .to(
                        prefix + WINDOWS,
                        Produced.with(Serdes.String(), JsonSerde.of(DslWindow.class))
                                .withName("to-windows-" + size));
    }
}
