package io.callweave.topology.directory;

import io.callweave.topics.Topic;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Puts what is on {@link Topic#DIRECTORY} into the {@link DirectoryStore}, from its beginning with every start. */
public final class DirectoryReader implements Processor<byte[], byte[], Void, Void> {

    private @Nullable DirectoryStore store;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(DirectoryStore.NAME);
    }

    @Override
    public void process(Record<byte[], byte[]> read) {
        Objects.requireNonNull(store).accept(read.key(), read.value());
    }
}
