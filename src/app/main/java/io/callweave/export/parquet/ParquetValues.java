package io.callweave.export.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.listing.RowColumn;
import io.callweave.value.Field;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes values, given as their JSON, into the columns of {@link ParquetSchema}. */
final class ParquetValues extends WriteSupport<JsonNode> {

    private final ValueType<?> type;
    private final List<RowColumn> columns;
    private @Nullable RecordConsumer out;

    ParquetValues(ValueType<?> type) {
        this.type = type;
        this.columns = RowColumn.of(type);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetSchema.of(type), Map.of("callweave.topic", type.name()));
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, and so to be there
    public WriteContext init(Configuration configuration) {
        throw new UnsupportedOperationException("Callweave has no Hadoop.");
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(JsonNode value) {
        RecordConsumer to = out;
        if (to == null) {
            throw new IllegalStateException("The writer did not say where to write.");
        }
        to.startMessage();
        for (int i = 0; i < columns.size(); i++) {
            RowColumn column = columns.get(i);
            write(to, column.field(), column.title(), i, value.at(column.place()));
        }
        to.endMessage();
    }

    /** A field that is null is not there, in Parquet's terms. */
    private static void write(RecordConsumer to, Field<?> field, String name, int index, JsonNode value) {
        if (!value.isNull() && !value.isMissingNode()) {
            to.startField(name, index);
            write(to, field, value);
            to.endField(name, index);
        }
    }

    private static void write(RecordConsumer to, Field<?> field, JsonNode value) {
        switch (field.type()) {
            case TEXT -> to.addBinary(Binary.fromString(value.asText()));
            case JSON -> to.addBinary(Binary.fromString(value.toString()));
            case TIME -> to.addLong(micros(value.asText()));
            case INTEGER, MILLISECONDS, SECONDS -> to.addLong(value.asLong());
            case RATIO, AMOUNT -> to.addDouble(value.asDouble());
            case FLAG -> to.addBoolean(value.asBoolean());
            case OBJECT -> object(to, field, value);
            case OBJECTS -> list(to, value, element -> object(to, field, element));
            case TEXTS -> list(to, value, element -> to.addBinary(Binary.fromString(element.asText())));
            case RANGES -> list(to, value, range -> list(to, range, sequence -> to.addLong(sequence.asLong())));
        }
    }

    private static void object(RecordConsumer to, Field<?> field, JsonNode value) {
        ValueType<?> of = field.of();
        to.startGroup();
        if (of != null) {
            List<? extends Field<?>> fields = of.fields();
            for (int i = 0; i < fields.size(); i++) {
                Field<?> each = fields.get(i);
                write(to, each, each.name(), i, value.path(each.name()));
            }
        }
        to.endGroup();
    }

    /** As three levels: a list that is empty is another one than none. */
    private static void list(RecordConsumer to, JsonNode values, Consumer<JsonNode> element) {
        to.startGroup();
        if (!values.isEmpty()) {
            to.startField(ParquetSchema.LIST, 0);
            for (JsonNode each : values) {
                to.startGroup();
                to.startField(ParquetSchema.ELEMENT, 0);
                element.accept(each);
                to.endField(ParquetSchema.ELEMENT, 0);
                to.endGroup();
            }
            to.endField(ParquetSchema.LIST, 0);
        }
        to.endGroup();
    }

    private static long micros(String time) {
        return TimeUnit.MILLISECONDS.toMicros(Timestamps.millis(time));
    }
}
