package io.callweave.verify;

import io.callweave.files.WrongInput;
import io.callweave.record.RecordHead;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query. SQLite's driver is part of Callweave; of any other database, the user names the driver's jar.
 *
 * @param url such as {@code jdbc:postgresql://localhost/calls}
 * @param query with the columns of the table
 * @param driver the jar; null if the driver is on the class path
 * @param properties a file with those of the connection, such as {@code user} and {@code password}; null if there are none
 */
public record JdbcTable(
        String url,
        String query,
        @Nullable Path driver,
        @Nullable Path properties) implements OwnTable {

    private static final int FETCHED_AT_ONCE = 10_000;

    @Override
    public void read(Consumer<RecordHead> rows) {
        try (URLClassLoader drivers = new URLClassLoader(
                        driver == null ? new URL[0] : new URL[] {driver.toUri().toURL()},
                        JdbcTable.class.getClassLoader());
                Connection connection = connect(drivers);
                Statement statement = connection.createStatement()) {
            // PostgreSQL holds all rows in memory unless it is in a transaction, and has a size.
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet result = statement.executeQuery(query)) {
                Columns columns = new Columns("The result of --query", names(result.getMetaData()));
                while (result.next()) {
                    rows.accept(columns.row(place -> text(result, place + 1)));
                }
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new WrongInput("The database does not answer --query: " + sentence(e), e);
        } catch (IOException e) {
            throw new WrongInput("The driver " + driver + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private Connection connect(ClassLoader drivers) throws SQLException, IOException {
        if (driver != null && !Files.isReadable(driver)) {
            throw new WrongInput("The driver " + driver + " cannot be read.");
        }
        Properties options = new Properties();
        if (properties != null) {
            try (var in = Files.newBufferedReader(properties)) {
                options.load(in);
            } catch (IOException e) {
                throw new WrongInput("The file " + properties + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        for (Driver each : ServiceLoader.load(Driver.class, drivers)) {
            if (each.acceptsURL(url)) {
                Connection connection = each.connect(url, options);
                if (connection != null) {
                    return connection;
                }
            }
        }
        throw new WrongInput("No driver knows this URL; name the jar of your database's JDBC driver with --driver.");
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        return names;
    }

    private static @Nullable String text(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new WrongInput("A row of --query cannot be read: " + sentence(e), e);
        }
    }

    private static String sentence(SQLException failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return message.endsWith(".") ? message : message + ".";
    }
}
