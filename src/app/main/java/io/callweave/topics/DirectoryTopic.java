package io.callweave.topics;

import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.files.LocalException;
import io.callweave.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The directory of extensions as it is on its topic. */
public final class DirectoryTopic {

    private static final Header VERSION = Headers.text(Headers.SCHEMA_VERSION, Schemas.VERSION);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DELIVERY_TIMEOUT_MS = "30000";
    private static final String REQUEST_TIMEOUT_MS = "10000";

    /** The time for a record begins when it is given to the producer, so no record waits for tens of thousands before it. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Map<String, Object> client;
    private final String topic;

    /** The header {@link Headers#SOURCE} of what was read from RingCentral. */
    private static final String RINGCENTRAL = "ringcentral";

    /**
     * The last values.
     *
     * @param entries by key, sorted
     * @param synced keys of the entries that were read from RingCentral; all others were loaded
     * @param unusable keys under which something is that describes no extension
     */
    public record Content(Map<String, DirectoryEntry> entries, Set<String> synced, Set<String> unusable) {

        /** What people or other programs wrote: it wins over what RingCentral says. */
        public Map<String, DirectoryEntry> loaded() {
            Map<String, DirectoryEntry> loaded = new TreeMap<>(entries);
            loaded.keySet().removeAll(synced);
            return loaded;
        }

        /**
         * What makes it equal to what RingCentral lists. What was loaded stays as it is.
         *
         * @param listed of one account
         * @param whole whether what is not listed is gone
         * @param withQueues whether that holds for call queues, too
         */
        public DirectoryChanges to(Collection<DirectoryEntry> listed, boolean whole, boolean withQueues) {
            Map<String, DirectoryEntry> read = new TreeMap<>(entries);
            read.keySet().retainAll(synced);
            if (!withQueues) {
                Set<String> keys = listed.stream().map(DirectoryEntry::key).collect(Collectors.toSet());
                read.values()
                        .removeIf(entry -> entry.type().equals(DirectoryEntry.QUEUE) && !keys.contains(entry.key()));
            }
            Map<String, DirectoryEntry> loaded = loaded();
            return DirectoryChanges.between(
                    read,
                    Set.of(),
                    listed.stream()
                            .filter(entry -> !loaded.containsKey(entry.key()))
                            .toList(),
                    whole);
        }
    }

    /**
     * Does nothing yet.
     *
     * @param client options of Kafka clients, with {@code bootstrap.servers}
     */
    public DirectoryTopic(Map<String, Object> client, String topic) {
        this.client = Map.copyOf(client);
        this.topic = topic;
    }

    /**
     * Reads all of it.
     *
     * @throws LocalException if the topic is not there or cannot be read
     */
    public Content read() {
        return allowed(this::content);
    }

    /**
     * Finds out whether it is there, and reads nothing of it.
     *
     * @throws LocalException as {@link #read}
     */
    public void need() {
        long unused = allowed(() -> reader().count(topic));
    }

    private <T> T allowed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (AuthorizationException e) {
            throw new LocalException(
                    Unauthorized.sentence(e, AclOperation.READ, topic).orElse(String.valueOf(e.getMessage())), e);
        }
    }

    private TopicReader reader() {
        return new TopicReader(client, PATIENCE);
    }

    private Content content() {
        Map<String, DirectoryEntry> entries = new TreeMap<>();
        Set<String> synced = new TreeSet<>();
        Set<String> unusable = new TreeSet<>();
        reader().readByPartition(topic, read -> {
            if (read.key() == null) {
                return;
            }
            String key = new String(read.key(), StandardCharsets.UTF_8);
            entries.remove(key);
            synced.remove(key);
            unusable.remove(key);
            if (read.value() != null) {
                try {
                    entries.put(key, DirectoryJson.read(read.key(), read.value()));
                    if (RINGCENTRAL.equals(Headers.text(read.headers(), Headers.SOURCE))) {
                        synced.add(key);
                    }
                } catch (DirectoryException e) {
                    unusable.add(key);
                }
            }
        });
        return new Content(entries, synced, unusable);
    }

    /**
     * Writes what has changed, and returns when the brokers have it.
     *
     * @throws LocalException if they do not take it
     */
    public void write(DirectoryChanges changes) {
        write(changes, List.of(VERSION));
    }

    /** The same of what was read from RingCentral. */
    public void writeSynced(DirectoryChanges changes) {
        write(changes, List.of(VERSION, Headers.text(Headers.SOURCE, RINGCENTRAL)));
    }

    private void write(DirectoryChanges changes, List<Header> headers) {
        Map<String, Object> options = new HashMap<>();
        options.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        options.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        options.putAll(client);
        options.put(ProducerConfig.ACKS_CONFIG, "all");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records(changes, headers)) {
                sent.add(producer.send(record));
                if (sent.size() == MOST_AT_ONCE) {
                    await(sent, producer);
                }
            }
            await(sent, producer);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LocalException(
                    Unauthorized.sentence(cause, AclOperation.WRITE, topic)
                            .orElse("The topic " + topic + " does not take the directory: " + cause.getMessage()
                                    + " Part of it may be there; load it again."),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Waits until the brokers have all that was sent. */
    private static void await(List<Future<RecordMetadata>> sent, Producer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            var unused = one.get();
        }
        sent.clear();
    }

    private List<ProducerRecord<byte[], byte[]>> records(DirectoryChanges changes, List<Header> headers) {
        return Stream.concat(
                        changes.entries().map(entry -> recordOf(entry.key(), DirectoryJson.write(entry), headers)),
                        changes.deleted().stream().map(key -> recordOf(key, null, headers)))
                .toList();
    }

    private ProducerRecord<byte[], byte[]> recordOf(String key, byte @Nullable [] value, List<Header> headers) {
        return new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }
}
