package io.callweave.replay;

import io.callweave.topics.TopicReader;
import java.time.Instant;
import java.util.List;

/**
 * What is on a topic of notifications now: all partitions as one stream, by time. The time of one is that of its record, which is
 * when the broker received it.
 */
public final class TopicRecording implements ReplaySource {

    private final TopicReader reader;
    private final String servers;
    private final String topic;

    /**
     * Reads nothing yet.
     *
     * @param servers only for the name of the source
     */
    public TopicRecording(TopicReader reader, String servers, String topic) {
        this.reader = reader;
        this.servers = servers;
        this.topic = topic;
    }

    @Override
    public List<String> names() {
        return List.of(servers, topic);
    }

    /** In records. */
    @Override
    public long size() {
        return reader.count(topic);
    }

    @Override
    public long sizeOf(Recorded one) {
        return 1;
    }

    @Override
    public void read(Position from, Sink sink) throws InterruptedException {
        reader.<InterruptedException>readMerged(topic, read -> {
            String partition = Integer.toString(read.partition());
            if (read.value() != null && read.offset() >= from.in(partition)) {
                Instant time = Instant.ofEpochMilli(read.timestamp());
                sink.accept(new Recorded(read.value(), time, partition, read.offset() + 1));
            }
        });
    }
}
