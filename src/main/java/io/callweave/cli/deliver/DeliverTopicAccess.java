package io.callweave.cli.deliver;

import io.callweave.cli.role.ClusterSettings;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.local.LocalException;
import io.callweave.local.TopicReader;
import io.callweave.operations.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Unauthorized;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The deliverer's topics as commands read and write them. */
public final class DeliverTopicAccess {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, Object> client;
    private final DeliverTopics topics;

    private DeliverTopicAccess(Map<String, Object> client, DeliverTopics topics) {
        this.client = client;
        this.topics = topics;
    }

    /**
     * On the cluster of the settings.
     *
     * @throws LocalException if a topic is missing
     */
    public static DeliverTopicAccess open(Settings settings, PrintWriter messages) {
        DeliverTopics topics = new DeliverTopics(settings.get(KnownSettings.TOPICS_PREFIX));
        List<String> needed = List.of(topics.subscriptions(), topics.requests(), topics.deadLetters());
        try (Cluster cluster = ClusterSettings.connect(settings, messages)) {
            var found = cluster.topics(needed);
            needed.stream().filter(name -> !found.containsKey(name)).findFirst().ifPresent(name -> {
                throw new LocalException(name + " is missing; \"callweave topics create\" makes it.");
            });
        }
        return new DeliverTopicAccess(settings.kafkaClientOptions(), topics);
    }

    /** All subscriptions, by id. */
    Map<String, WebhookSubscription> subscriptions() {
        Map<String, WebhookSubscription> found = new TreeMap<>();
        new TopicReader(client, PATIENCE).readByPartition(topics.subscriptions(), read -> {
            if (read.key() == null) {
                return;
            }
            String id = new String(read.key(), StandardCharsets.UTF_8);
            if (read.value() == null) {
                found.remove(id);
            } else {
                found.put(id, SubscriptionJson.read(read.value()));
            }
        });
        return found;
    }

    /** @throws LocalException if there is none with this id */
    WebhookSubscription subscription(String id) {
        WebhookSubscription found = subscriptions().get(id);
        if (found == null) {
            throw new LocalException("There is no subscription " + id
                    + "; \"callweave deliver subscriptions list\" prints those that there are.");
        }
        return found;
    }

    /** Reads what could not be delivered, oldest first. */
    void undelivered(TopicReader.Sink<RuntimeException> sink) {
        new TopicReader(client, PATIENCE).readMerged(topics.deadLetters(), sink);
    }

    /** Returns when the brokers have it. */
    public void put(WebhookSubscription subscription) {
        send(topics.subscriptions(), subscription.id(), SubscriptionJson.write(subscription), null);
    }

    void delete(String id) {
        send(topics.subscriptions(), id, null, null);
    }

    /** Asks for a test of the endpoint. */
    public void test(String id, long now) {
        Occurrence test = DeliveryHeaders.test(id, now);
        send(topics.requests(), test.slot(), test.value(), DeliveryHeaders.of(id, test));
    }

    /** Asks for a delivery once more. */
    void again(byte[] key, byte[] value, Headers headers) {
        send(topics.requests(), new String(key, StandardCharsets.UTF_8), value, headers);
    }

    private void send(String topic, String key, byte @Nullable [] value, @Nullable Headers headers) {
        Map<String, Object> options = new HashMap<>(client);
        options.put(ProducerConfig.ACKS_CONFIG, "all");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused = producer.send(
                            new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers))
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LocalException(
                    Unauthorized.sentence(cause, AclOperation.WRITE, topic)
                            .orElse("The topic " + topic + " does not take it: " + cause.getMessage()),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
