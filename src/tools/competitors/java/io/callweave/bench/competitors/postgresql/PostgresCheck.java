package io.callweave.bench.competitors.postgresql;

import io.callweave.bench.competitors.CallFigures;
import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.competitors.CompetitorSite;
import io.callweave.bench.competitors.WorkCheck;
import io.callweave.bench.throughput.OutputCheck;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Checks the rows of a subject. */
public final class PostgresCheck implements WorkCheck {

    /** Some thousand rows at a time. */
    private static final int FETCH = 5_000;

    private final CompetitorSite site;
    private final OutputCheck output;
    private long notifications;

    public PostgresCheck(CompetitorSite site) {
        this.site = site;
        output = new OutputCheck(site.competitor().label(), site.bootstrapServers(), site.partitions());
    }

    @Override
    public void part(long more) {
        notifications += more;
        if (hasEventsAndWindows()) {
            output.require("rows of events", notifications, number("SELECT count(*) FROM party_event"));
        }
    }

    @Override
    public void all(LiveTraffic traffic, Map<Integer, CallFigures> expected) {
        output.require("calls", traffic.sessions(), number("SELECT count(*) FROM calls"));
        output.require("calls like those of the DSL", traffic.sessions(), equalTo(expected));
        if (hasEventsAndWindows()) {
            output.require(
                    "calls in its windows",
                    traffic.sessions(),
                    number("SELECT coalesce(sum(calls), 0) FROM call_window WHERE size = 60000"));
        }
    }

    private boolean hasEventsAndWindows() {
        return site.competitor() == Competitor.POSTGRESQL_ALL;
    }

    private long number(String query) {
        try (Connection connection = DriverManager.getConnection(site.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private long equalTo(Map<Integer, CallFigures> expected) {
        long same = 0;
        try (Connection connection = DriverManager.getConnection(site.jdbcUrl());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // else the driver reads all rows at once
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery(PartyTables.READ_CALLS)) {
                while (row.next()) {
                    CallFigures call = new CallFigures(
                            row.getString("account"),
                            row.getLong("duration_ms"),
                            row.getLong("ring_ms"),
                            row.getLong("talk_ms"),
                            row.getLong("hold_ms"),
                            row.getString("result"));
                    if (call.equals(expected.get(LiveTraffic.sessionNumber(row.getString("session"))))) {
                        same++;
                    }
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
        return same;
    }

    private static LocalException failure(SQLException e) {
        return new LocalException("The calls cannot be read from PostgreSQL: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() {
        output.close();
    }
}
