package io.callweave.cli.deliver;

import io.callweave.cli.role.ClusterSettings;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.manage.SubscriptionStore;
import io.callweave.deliver.manage.Undelivered;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.files.LocalException;
import io.callweave.record.RecordHead;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Unauthorized;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The deliverer's topics on a cluster, as those who manage subscriptions read and write them. */
public final class DeliverTopicAccess implements SubscriptionStore, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Clients of the HTTP API do not wait longer for an answer. */
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> client;
    private final DeliverTopics topics;
    private final Duration patience;
    private final Runnable check;
    private final Consumer<String> unreadable;
    private boolean checked;
    private @Nullable Producer<byte[], byte[]> producer;

    /** @param unreadable hears the ids of subscriptions that cannot be read */
    private DeliverTopicAccess(Settings settings, Duration patience, Runnable check, Consumer<String> unreadable) {
        client = new HashMap<>(settings.kafkaClientOptions());
        topics = new DeliverTopics(settings.get(KnownSettings.TOPICS_PREFIX));
        this.patience = patience;
        this.check = check;
        this.unreadable = unreadable;
    }

    /** Of a command: before the first use, it waits for the cluster of the settings, and looks whether the topics are there. */
    public static DeliverTopicAccess ofCommand(Settings settings, PrintWriter messages) {
        return new DeliverTopicAccess(
                settings,
                PATIENCE,
                () -> checkTopics(settings, messages),
                id -> messages.println("callweave: The subscription " + id + " cannot be read, and gets nothing."));
    }

    /** Of a deliverer that runs; it warns itself of subscriptions that cannot be read. */
    static DeliverTopicAccess ofServer(Settings settings) {
        DeliverTopicAccess access = new DeliverTopicAccess(settings, SERVER_PATIENCE, () -> {}, id -> {});
        long most = SERVER_PATIENCE.toMillis();
        access.client.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(most));
        access.client.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, most);
        return access;
    }

    private static void checkTopics(Settings settings, PrintWriter messages) {
        DeliverTopics topics = new DeliverTopics(settings.get(KnownSettings.TOPICS_PREFIX));
        ClusterSettings.needTopics(
                settings, List.of(topics.subscriptions(), topics.requests(), topics.deadLetters()), messages);
    }

    private synchronized void ready() {
        if (!checked) {
            check.run();
            checked = true;
        }
    }

    @Override
    public Map<String, WebhookSubscription> all() {
        Map<String, byte[]> values = new TreeMap<>();
        reading(
                topics.subscriptions(),
                reader -> reader.readByPartition(topics.subscriptions(), read -> {
                    if (read.key() == null) {
                        return;
                    }
                    String id = new String(read.key(), StandardCharsets.UTF_8);
                    if (read.value() == null) {
                        values.remove(id);
                    } else {
                        values.put(id, read.value());
                    }
                }));
        Map<String, WebhookSubscription> found = new TreeMap<>();
        values.forEach((id, value) -> {
            try {
                found.put(id, SubscriptionJson.read(value));
            } catch (IllegalArgumentException e) {
                unreadable.accept(id);
            }
        });
        return found;
    }

    /** Reads the whole topic, which is done for operators alone. */
    @Override
    public void undelivered(Set<String> accounts, Consumer<Undelivered> sink) {
        reading(
                topics.deadLetters(),
                reader -> reader.readMerged(topics.deadLetters(), read -> {
                    if (read.key() != null && read.value() != null) {
                        String slot = new String(read.key(), StandardCharsets.UTF_8);
                        sink.accept(new Undelivered(slot, read.value(), read.headers(), read.timestamp()));
                    }
                }));
    }

    /** The newest record of each of these calls, by their keys. The topic is read twice, and only keys are in memory. */
    void newest(Set<String> keys, SubscriptionManager.Records.Taker taker) {
        Map<String, RecordHead> newest = new HashMap<>();
        reading(topics.calls(), reader -> {
            reader.readByPartition(topics.calls(), read -> {
                String key = key(read);
                RecordHead head = keys.contains(key) && read.value() != null ? RecordHead.read(read.value()) : null;
                if (head != null) {
                    newest.merge(key, head, (before, now) -> now.isNewerThan(before) ? now : before);
                }
            });
            reader.readByPartition(topics.calls(), read -> {
                String key = key(read);
                RecordHead wanted = newest.get(key);
                if (wanted != null && read.value() != null && wanted.equals(RecordHead.read(read.value()))) {
                    newest.remove(key);
                    taker.take(key, read.value(), read.timestamp(), read.headers());
                }
            });
        });
    }

    private static String key(ConsumerRecord<byte[], byte[]> read) {
        return read.key() == null ? "" : new String(read.key(), StandardCharsets.UTF_8);
    }

    private void reading(String topic, Consumer<TopicReader> work) {
        ready();
        try {
            work.accept(new TopicReader(client, patience));
        } catch (LocalException | KafkaException e) {
            throw unavailable(
                    Unauthorized.sentence(e, AclOperation.READ, topic)
                            .orElse("The topic " + topic + " cannot be read: " + e.getMessage()),
                    e);
        }
    }

    @Override
    public Place put(WebhookSubscription subscription) {
        return send(topics.subscriptions(), subscription.id(), SubscriptionJson.write(subscription), null);
    }

    @Override
    public Place delete(String id) {
        return send(topics.subscriptions(), id, null, null);
    }

    @Override
    public void test(String id, long now) {
        Occurrence test = DeliveryHeaders.test(id, now);
        var unused = send(topics.requests(), test.slot(), test.value(), DeliveryHeaders.of(id, test));
    }

    @Override
    public Runnable again(Undelivered webhook) {
        String topic = topics.requests();
        Future<RecordMetadata> sent = begin(topic, webhook.slot(), webhook.value(), webhook.headers());
        return () -> {
            var unused = await(topic, sent);
        };
    }

    private Place send(String topic, String key, byte @Nullable [] value, @Nullable Headers headers) {
        return await(topic, begin(topic, key, value, headers));
    }

    private Future<RecordMetadata> begin(String topic, String key, byte @Nullable [] value, @Nullable Headers headers) {
        ready();
        try {
            return producer()
                    .send(new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers));
        } catch (KafkaException e) {
            throw notTaken(topic, e, e);
        }
    }

    private static Place await(String topic, Future<RecordMetadata> begun) {
        try {
            RecordMetadata sent = begun.get();
            return new Place(sent.partition(), sent.offset());
        } catch (ExecutionException e) {
            throw notTaken(topic, e.getCause() == null ? e : e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static SubscriptionException notTaken(String topic, Throwable cause, Exception e) {
        return unavailable(
                Unauthorized.sentence(cause, AclOperation.WRITE, topic)
                        .orElse("The topic " + topic + " does not take it: " + cause.getMessage()),
                e);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            Map<String, Object> options = new HashMap<>(client);
            options.put(ProducerConfig.ACKS_CONFIG, "all");
            open = new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private static SubscriptionException unavailable(String message, Exception cause) {
        return new SubscriptionException(SubscriptionException.Kind.UNAVAILABLE, message, cause);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
