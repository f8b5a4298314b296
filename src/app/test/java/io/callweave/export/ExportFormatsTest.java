package io.callweave.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.callweave.Tries;
import io.callweave.directory.DirectoryLookup;
import io.callweave.listing.CallListing;
import io.callweave.listing.RowColumn;
import io.callweave.value.Field;
import io.callweave.value.FieldType;
import io.callweave.value.Printable;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** NDJSON, CSV and Parquet of the same values say the same; others read them. */
class ExportFormatsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEEDS = Tries.of(20);
    private static final int VALUES = 12;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(ExportKind.class)
    void shouldSayTheSameInEachFormat(ExportKind kind) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomValues random = new RandomValues(new Random(seed));
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < VALUES; i++) {
                values.add(JSON.writeValueAsBytes(random.value(kind.type())));
            }
            for (ExportFormat format : ExportFormat.values()) {
                write(kind, format, values);
            }

            List<JsonNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file(kind, ExportFormat.NDJSON))) {
                lines.add(JSON.readTree(line));
            }
            assertThat(lines).hasSize(VALUES);
            assertThat(parquet(kind))
                    .as("seed %s", seed)
                    .isEqualTo(
                            lines.stream().map(line -> flat(kind.type(), line)).toList());
            assertCsv(kind, lines);
        }
    }

    @ParameterizedTest
    @EnumSource(ExportKind.class)
    void shouldHaveTypesThatNeedNoCast(ExportKind kind) throws Exception {
        write(kind, ExportFormat.PARQUET, List.of());

        try (DuckDb duck = new DuckDb(directory)) {
            Map<String, String> types = duck.types(kind.word() + ".parquet");
            List<RowColumn> columns = RowColumn.of(kind.type());
            assertThat(types.keySet())
                    .containsExactlyElementsOf(
                            columns.stream().map(RowColumn::title).toList());
            assertThat(columns)
                    .allSatisfy(column -> assertThat(types.get(column.title()))
                            .as(column.title())
                            .startsWith(
                                    switch (column.field().type()) {
                                        case TEXT -> "VARCHAR";
                                        case TIME -> "TIMESTAMP WITH TIME ZONE";
                                        case INTEGER, MILLISECONDS, SECONDS -> "BIGINT";
                                        case RATIO, AMOUNT -> "DOUBLE";
                                        case FLAG -> "BOOLEAN";
                                        case OBJECT, OBJECTS -> "STRUCT(";
                                        case TEXTS -> "VARCHAR[]";
                                        case RANGES -> "BIGINT[][]";
                                        case JSON -> "JSON";
                                    }));
            assertThat(duck.rows("SELECT count(*) FROM '" + kind.word() + ".parquet'"))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void shouldHaveNoTwoColumnsOfOneName() {
        for (ExportKind kind : ExportKind.values()) {
            assertThat(RowColumn.of(kind.type())).extracting(RowColumn::title).doesNotHaveDuplicates();
        }
    }

    private Path file(ExportKind kind, ExportFormat format) {
        return directory.resolve(kind.word() + "." + format.word());
    }

    private void write(ExportKind kind, ExportFormat format, List<byte[]> values) throws IOException {
        try (CallListing listing = format.to(Files.newOutputStream(file(kind, format)), kind, DirectoryLookup.EMPTY)) {
            for (byte[] value : values) {
                listing.add(value);
            }
        }
    }

    private List<JsonNode> parquet(ExportKind kind) throws Exception {
        try (DuckDb duck = new DuckDb(directory)) {
            List<JsonNode> rows = duck.json(kind.word() + ".parquet");
            for (JsonNode row : rows) {
                for (RowColumn column : RowColumn.of(kind.type())) {
                    ((ObjectNode) row).set(column.title(), likeJson(column.field(), row.get(column.title())));
                }
            }
            return rows;
        }
    }

    /** What stands in a column, with the objects of the first level taken apart. */
    private static JsonNode flat(ValueType<?> type, JsonNode value) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        for (RowColumn column : RowColumn.of(type)) {
            JsonNode there = value.at(column.place());
            flat.set(column.title(), likeJson(column.field(), there.isMissingNode() ? flat.nullNode() : there));
        }
        return flat;
    }

    /** One form for times and numbers: DuckDB writes times with a space. */
    private static JsonNode likeJson(Field<?> field, @Nullable JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null || value.isNull()) {
            return nodes.nullNode();
        }
        return switch (field.type()) {
            case TIME ->
                nodes.textNode(Instant.parse(value.asText().replace(' ', 'T').replace("+00", "Z"))
                        .toString());
            case INTEGER, MILLISECONDS, SECONDS -> nodes.numberNode(value.asLong());
            case RATIO, AMOUNT -> nodes.numberNode(value.asDouble());
            case OBJECT -> object(field.of(), value);
            case OBJECTS -> {
                var list = nodes.arrayNode();
                value.forEach(element -> list.add(object(field.of(), element)));
                yield list;
            }
            case RANGES -> {
                var list = nodes.arrayNode();
                value.forEach(range -> {
                    var pair = list.addArray();
                    range.forEach(end -> pair.add(end.asLong()));
                });
                yield list;
            }
            case TEXT, FLAG, TEXTS, JSON -> value;
        };
    }

    private static JsonNode object(ValueType<?> type, JsonNode value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        type.fields().forEach(field -> object.set(field.name(), likeJson(field, value.get(field.name()))));
        return object;
    }

    private void assertCsv(ExportKind kind, List<JsonNode> lines) throws IOException {
        Map<String, RowColumn> columns =
                RowColumn.of(kind.type()).stream().collect(Collectors.toMap(RowColumn::title, column -> column));
        int row = 0;
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(file(kind, ExportFormat.CSV), UTF_8)) {
            for (NamedCsvRecord record : csv) {
                JsonNode line = lines.get(row++);
                Set<String> compared = new TreeSet<>(record.getHeader());
                compared.retainAll(columns.keySet());
                // Of a RingOut, it is the user's.
                compared.remove("fromExtensionId");
                assertThat(compared).hasSizeGreaterThan(10);
                for (String title : compared) {
                    RowColumn column = columns.get(title);
                    if (column.field().type() != FieldType.OBJECTS) {
                        assertThat(record.getField(title)).as(title).isIn(texts(line.at(column.place())));
                    }
                }
            }
        }
        assertThat(row).isEqualTo(lines.size());
    }

    /** With and without the apostrophe that keeps a spreadsheet from running it. */
    private static List<String> texts(JsonNode value) {
        if (value.isArray()) {
            return List.of(StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" ")));
        }
        if (value.isObject()) {
            return List.of(value.toString());
        }
        String text = value.isNull() || value.isMissingNode() ? "" : Printable.of(value.asText());
        return text.matches("[=\\-@].*") ? List.of("'" + text) : List.of(text);
    }
}
