import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs the statements of src/pipelines/flink/calls.sql in this process, up to what the topic has now, and prints the last version of
 * each row of the query as CSV.
 */
public final class FlinkQuery {

    private FlinkQuery() {}

    /** Arguments: the file, bootstrap servers. */
    public static void main(String[] arguments) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().setLocalTimeZone(ZoneOffset.UTC);
        tables.getConfig().set("parallelism.default", "1");
        String[] statements = Files.readString(Path.of(arguments[0]))
                .replaceAll("(?m)^--.*$", "")
                .replace("localhost:9092", arguments[1])
                .replace("'upsert-kafka',", "'upsert-kafka', 'scan.bounded.mode' = 'latest-offset',")
                .split(";");
        tables.executeSql(statements[0]);
        TreeMap<String, String> newest = new TreeMap<>();
        try (CloseableIterator<Row> rows = tables.executeSql(statements[1]).collect()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                String key = row.getField(0) + "," + row.getField(1) + "," + row.getField(2);
                if (row.getKind() == RowKind.DELETE || row.getKind() == RowKind.UPDATE_BEFORE) {
                    newest.remove(key);
                } else {
                    newest.put(key, row.getField(3) + "," + row.getField(4) + "," + row.getField(5) + "," + row.getField(6));
                }
            }
        }
        newest.forEach((key, figures) -> System.out.println(key + "," + figures));
    }
}
