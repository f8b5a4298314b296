package io.callweave.verify;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.callweave.files.FileNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.WrongInput;
import io.callweave.record.RecordHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Tables in files: CSV with headings, JSON with a row on each line, or Parquet, by the end of the file's name. */
public final class TableFiles {

    private static final List<String> FORMS = List.of(".csv", ".parquet", ".ndjson", ".jsonl", ".json");
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    private TableFiles() {}

    /**
     * The table in a file.
     *
     * @throws WrongInput if the file is not there, or its name does not tell its form
     */
    public static OwnTable of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        if (!FORMS.stream().anyMatch(name::endsWith)) {
            throw new WrongInput("The name of " + file + " ends in none of " + String.join(", ", FORMS) + ".");
        }
        FileNotifications.check(List.of(file));
        if (name.endsWith(".csv")) {
            return rows -> csv(file, rows);
        }
        if (name.endsWith(".parquet")) {
            return rows -> parquet(file, rows);
        }
        return rows -> json(file, rows);
    }

    private static void csv(String file, Consumer<RecordHead> rows) {
        try (CsvReader<CsvRecord> lines =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(Path.of(file))) {
            Iterator<CsvRecord> all = lines.iterator();
            if (!all.hasNext()) {
                throw new WrongInput(file + " is empty; its first line must name the columns.");
            }
            OwnTable.Columns columns = new OwnTable.Columns(file, all.next().getFields());
            all.forEachRemaining(line -> rows.accept(columns.row(place -> {
                String cell = place < line.getFieldCount() ? line.getField(place) : "";
                return cell.isEmpty() ? null : cell;
            })));
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw unreadable(file, e);
        }
    }

    private static void json(String file, Consumer<RecordHead> rows) {
        try (FileNotifications lines = new FileNotifications(List.of(file), System.in)) {
            while (lines.hasNext()) {
                NotificationLine line = lines.next();
                rows.accept(OwnTable.checked(RecordHead.read(line.value()), line.source()));
            }
        }
    }

    private static void parquet(String file, Consumer<RecordHead> rows) {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(Path.of(file)),
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            MessageType schema = reader.getFileMetaData().getSchema();
            OwnTable.Columns columns = new OwnTable.Columns(
                    file, schema.getFields().stream().map(Type::getName).toList());
            MessageType wanted = new MessageType(
                    schema.getName(),
                    columns.places().stream().map(schema.getFields()::get).toList());
            reader.setRequestedSchema(wanted);
            for (PageReadStore group = reader.readNextRowGroup(); group != null; group = reader.readNextRowGroup()) {
                group(group, wanted, reader.getFileMetaData().getCreatedBy(), columns, rows);
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof WrongInput known ? known : unreadable(file, e);
        }
    }

    private static void group(
            PageReadStore group,
            MessageType wanted,
            String createdBy,
            OwnTable.Columns columns,
            Consumer<RecordHead> rows) {
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(group, new GroupRecordConverter(wanted).getRootConverter(), wanted, createdBy);
        List<ColumnReader> readers = new ArrayList<>();
        for (ColumnDescriptor column : wanted.getColumns()) {
            readers.add(store.getColumnReader(column));
        }
        for (long row = 0; row < group.getRowCount(); row++) {
            rows.accept(columns.row(place -> text(readers.get(columns.places().indexOf(place)))));
            readers.forEach(ColumnReader::consume);
        }
    }

    private static @Nullable String text(ColumnReader column) {
        ColumnDescriptor described = column.getDescriptor();
        if (column.getCurrentDefinitionLevel() < described.getMaxDefinitionLevel()) {
            return null;
        }
        PrimitiveType type = described.getPrimitiveType();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
            return Long.toString(column.getLong() / perMillisecond(type));
        }
        return type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? Integer.toString(column.getInteger())
                : column.getBinary().toStringUsingUTF8();
    }

    private static long perMillisecond(PrimitiveType type) {
        if (!(type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time)
                || time.getUnit() == TimeUnit.MILLIS) {
            return 1;
        }
        return time.getUnit() == TimeUnit.MICROS ? MICROS : NANOS;
    }

    private static WrongInput unreadable(String file, Exception cause) {
        return new WrongInput("The file " + file + " cannot be read: " + cause.getMessage() + ".", cause);
    }
}
