package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.dsl.DslNotification;
import io.callweave.bench.dsl.DslNotification.End;
import io.callweave.bench.dsl.DslNotification.Party;
import io.callweave.bench.dsl.DslPartyEvent;
import io.callweave.bench.dsl.DslSession;
import io.callweave.bench.dsl.JsonSerde;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes what a poll has read to the database, in one transaction. Records that it has seen before change nothing. */
final class PartyWriter implements AutoCloseable {

    private static final int TEXT = Types.VARCHAR;
    private static final int NUMBER = Types.BIGINT;
    private static final int[] PARTY_TYPES = {
        TEXT, TEXT, TEXT, NUMBER, TEXT, NUMBER, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, NUMBER, NUMBER, NUMBER, TEXT
    };
    private static final String[] EVENT_TYPES = {"text", "bigint", "text", "text", "bigint", "text", "text", "text"};

    private final Connection connection;
    private final boolean withEventsAndWindows;
    private final PreparedStatement upsertParty;
    private final PreparedStatement upsertCalls;
    private final PreparedStatement insertEvents;
    private final Deserializer<DslNotification> notifications =
            JsonSerde.of(DslNotification.class).deserializer();
    private final Serializer<DslPartyEvent> partyEvents =
            JsonSerde.of(DslPartyEvent.class).serializer();

    /** @param withEventsAndWindows whether it also writes a table of events and the windows of accounts */
    PartyWriter(Connection connection, boolean withEventsAndWindows) throws SQLException {
        this.connection = connection;
        this.withEventsAndWindows = withEventsAndWindows;
        connection.setAutoCommit(false);
        upsertParty = connection.prepareStatement(PartyTables.UPSERT_PARTY);
        upsertCalls = connection.prepareStatement(
                withEventsAndWindows ? PartyTables.UPSERT_CALLS_AND_WINDOWS : PartyTables.UPSERT_CALLS);
        insertEvents = connection.prepareStatement(PartyTables.INSERT_EVENTS);
    }

    /** When this returns, everything is committed. */
    void write(ConsumerRecords<byte[], byte[]> polled) throws SQLException {
        Set<String> ended = new LinkedHashSet<>();
        List<@Nullable Object[]> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            DslNotification notification = notifications.deserialize(one.topic(), one.value());
            long at = Instant.parse(notification.body().eventTime()).toEpochMilli();
            for (Party party : notification.body().parties()) {
                addParty(notification, party, at);
                if (DslSession.isFinal(party)) {
                    ended.add(notification.body().telephonySessionId());
                }
            }
            if (withEventsAndWindows) {
                DslPartyEvent.of(notification).forEach(event -> events.add(row(event, at)));
            }
        }
        if (!events.isEmpty()) {
            insert(events);
        }
        upsertParty.executeBatch();
        if (!ended.isEmpty()) {
            upsertCalls.setArray(1, connection.createArrayOf("text", ended.toArray()));
            upsertCalls.executeUpdate();
        }
        connection.commit();
    }

    private void addParty(DslNotification notification, Party party, long at) throws SQLException {
        String status = party.status().code();
        boolean ends = DslSession.isFinal(party);
        @Nullable
        Object[] values = {
            notification.body().telephonySessionId(),
            party.id(),
            notification.ownerId(),
            notification.body().sequence(),
            status,
            at,
            party.direction(),
            party.extensionId(),
            number(party.from()),
            name(party.from()),
            number(party.to()),
            name(party.to()),
            at,
            status.equals("Answered") ? at : null,
            ends ? at : null,
            ends ? party.status().reason() : null
        };
        for (int i = 0; i < values.length; i++) {
            upsertParty.setObject(i + 1, values[i], PARTY_TYPES[i]);
        }
        upsertParty.addBatch();
    }

    private static @Nullable String number(@Nullable End end) {
        return end == null ? null : end.phoneNumber();
    }

    private static @Nullable String name(@Nullable End end) {
        return end == null ? null : end.name();
    }

    private @Nullable Object[] row(DslPartyEvent event, long at) {
        return new @Nullable Object[] {
            event.telephonySessionId(),
            event.sequence(),
            event.partyId(),
            event.accountId(),
            at,
            event.status(),
            event.reason(),
            new String(partyEvents.serialize("", event), StandardCharsets.UTF_8)
        };
    }

    /** All in one statement: an array for each column. */
    private void insert(List<@Nullable Object[]> rows) throws SQLException {
        for (int column = 0; column < EVENT_TYPES.length; column++) {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.get(row)[column];
            }
            insertEvents.setArray(column + 1, connection.createArrayOf(EVENT_TYPES[column], values));
        }
        insertEvents.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
