package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.competitors.correctness.TrueCall;
import io.callweave.files.LocalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The calls in a database. */
public final class PostgresCalls {

    private PostgresCalls() {}

    /** All of them; a row does not say whether something is missing. */
    public static List<TrueCall> all(String jdbcUrl) {
        List<TrueCall> calls = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PartyTables.READ_TIMES)) {
            while (row.next()) {
                calls.add(new TrueCall(
                        row.getString("account") + "/" + row.getString("session"),
                        List.of(),
                        row.getLong("start_at"),
                        row.getLong("duration_ms"),
                        row.getObject("answer_at") != null,
                        false));
            }
        } catch (SQLException e) {
            throw new LocalException("The calls cannot be read from PostgreSQL: " + e.getMessage() + ".", e);
        }
        return calls;
    }
}
