package io.callweave.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A DuckDB in this process, as analysts have it: it reads files and knows nothing of Callweave. */
public final class DuckDb implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection database;

    /** Files without a directory are looked for in this one. */
    public DuckDb(Path directory) throws SQLException {
        database = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET file_search_path = '" + directory + "'");
        execute("SET TimeZone = 'UTC'");
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as texts. */
    public List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The types of a file's columns, by name. */
    public Map<String, String> types(String file) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        rows("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '" + file + "')")
                .forEach(row -> types.put(row.get(0), row.get(1)));
        return types;
    }

    /** The rows of a file in their order, each column as DuckDB makes JSON of it. */
    public List<JsonNode> json(String file) throws SQLException, IOException {
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery("SELECT to_json(COLUMNS(*)) FROM '" + file + "'")) {
            List<String> names = new ArrayList<>(types(file).keySet());
            List<JsonNode> rows = new ArrayList<>();
            while (result.next()) {
                ObjectNode row = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < names.size(); i++) {
                    String value = result.getString(i + 1);
                    row.set(names.get(i), value == null ? row.nullNode() : JSON.readTree(value));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
