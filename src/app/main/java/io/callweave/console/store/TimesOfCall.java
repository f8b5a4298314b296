package io.callweave.console.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccountScope;
import io.callweave.console.view.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a call was on the topics, so that nobody has to search them for it.
 *
 * @param received its notifications; of an id that is no call's, those of this telephony session; null if none is known
 * @param emitted its records, and those of the call that it became part of; null if none is known
 */
public record TimesOfCall(@Nullable Span received, @Nullable Span emitted) {

    /** The index of calls begins with the account. */
    private static final String CALLS = "SELECT id, record FROM calls JOIN bodies USING (id)"
            + " WHERE account IN (SELECT account FROM accounts) AND call = ?";

    private static final String EMITTED = "SELECT min(emitted), max(emitted) FROM revisions WHERE id = ?";
    private static final String RECEIVED = "SELECT min(received), max(received) FROM notifications WHERE session = ?";

    /** The first and the last time, in milliseconds since the epoch. */
    public record Span(long first, long last) {

        private static @Nullable Span around(@Nullable Span one, @Nullable Span other) {
            return one == null || other == null
                    ? (one == null ? other : one)
                    : new Span(Math.min(one.first, other.first), Math.max(one.last, other.last));
        }
    }

    /** @param id of a call of any account, or of a telephony session */
    static TimesOfCall of(Database database, String id) {
        return database.read(AccountScope.OPERATOR, connection -> {
            Set<String> sessions = new LinkedHashSet<>(List.of(id));
            Set<String> followed = new LinkedHashSet<>();
            Deque<String> ids = new ArrayDeque<>(List.of(id));
            Span emitted = null;
            try (PreparedStatement calls = connection.prepareStatement(CALLS)) {
                while (!ids.isEmpty()) {
                    String next = ids.remove();
                    if (!followed.add(next)) {
                        continue;
                    }
                    calls.setString(1, next);
                    try (ResultSet found = calls.executeQuery()) {
                        while (found.next()) {
                            emitted = Span.around(emitted, span(connection, EMITTED, found.getLong(1)));
                            JsonNode call = Json.parse(Packed.unpack(found.getBytes(2)));
                            call.path("sessions")
                                    .forEach(session -> sessions.add(
                                            session.path("telephonySessionId").asText()));
                            if (call.hasNonNull("supersededBy")) {
                                ids.add(call.path("supersededBy").asText());
                            }
                        }
                    }
                }
            }
            Span received = null;
            for (String session : sessions) {
                received = Span.around(received, span(connection, RECEIVED, StoredHash.of(session)));
            }
            return new TimesOfCall(received, emitted);
        });
    }

    private static @Nullable Span span(Connection connection, String sql, long value) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(sql)) {
            asking.setLong(1, value);
            try (ResultSet found = asking.executeQuery()) {
                found.next();
                Span span = new Span(found.getLong(1), found.getLong(2));
                return found.wasNull() ? null : span;
            }
        }
    }
}
