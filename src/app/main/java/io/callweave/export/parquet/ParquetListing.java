package io.callweave.export.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.listing.CallListing;
import io.callweave.value.JsonLimits;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Values as a Parquet file with zstd. The columns are those of CSV's rows and windows; lists stay lists, and what stands in them
 * stays whole. Rows are written in groups, so memory does not grow with their number.
 */
public final class ParquetListing implements CallListing {

    /** What a group may take in memory before it is compressed: small heaps must do. */
    private static final long ROW_GROUP_BYTES = 32L << 20;

    private final ParquetWriter<JsonNode> writer;

    private ParquetListing(ParquetWriter<JsonNode> writer) {
        this.writer = writer;
    }

    /**
     * Begins a file.
     *
     * @param out closed together with the list
     * @param type of the values
     */
    public static ParquetListing open(OutputStream out, ValueType<?> type) throws IOException {
        return new ParquetListing(new Builder(new StreamFile(out), type)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build());
    }

    @Override
    public void add(byte[] value) throws IOException {
        writer.write(JsonLimits.tree(value));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<JsonNode, Builder> {

        private final ValueType<?> type;

        Builder(StreamFile file, ValueType<?> type) {
            super(file);
            this.type = type;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<JsonNode> getWriteSupport(ParquetConfiguration configuration) {
            return new ParquetValues(type);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract, and so to be there
        protected WriteSupport<JsonNode> getWriteSupport(Configuration configuration) {
            return new ParquetValues(type);
        }
    }
}
