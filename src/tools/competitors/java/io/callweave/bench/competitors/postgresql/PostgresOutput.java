package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.SubjectOutput;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts the rows of a subject. */
public final class PostgresOutput implements SubjectOutput {

    private final Site site;
    private final String jdbcUrl;
    private final boolean withEventsAndWindows;
    private long notifications;

    /** @param withEventsAndWindows whether there must also be events and the windows of accounts */
    public PostgresOutput(Site site, String jdbcUrl, boolean withEventsAndWindows) {
        this.site = site;
        this.jdbcUrl = jdbcUrl;
        this.withEventsAndWindows = withEventsAndWindows;
    }

    @Override
    public void part(long more) {
        notifications += more;
        if (withEventsAndWindows) {
            require("rows of events", notifications, "SELECT count(*) FROM party_event");
        }
    }

    @Override
    public void end(LiveTraffic traffic) {
        require("calls", traffic.sessions(), "SELECT count(*) FROM calls");
        if (withEventsAndWindows) {
            require(
                    "calls in its windows",
                    traffic.sessions(),
                    "SELECT coalesce(sum(calls), 0) FROM call_window WHERE size = 60000");
        }
    }

    private void require(String what, long expected, String query) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            SubjectOutput.require(site, what, expected, row.getLong(1));
        } catch (SQLException e) {
            throw new LocalException("The rows cannot be read from PostgreSQL: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public void close() {
        // Each query has its own connection.
    }
}
