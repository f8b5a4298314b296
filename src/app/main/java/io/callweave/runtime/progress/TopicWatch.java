package io.callweave.runtime.progress;

import io.callweave.topics.HopPartitions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, on a thread of its own, whether the topics of a role are still those of its start. Kafka's clients
 * wait without an end for a topic that is gone, and take one that brokers made again for the same one.
 */
public final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(4);

    /** A broker that takes longer counts as one that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A broker that has just started may not know a topic yet. */
    private static final int LOOKS = 3;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "topic-watch");
        made.setDaemon(true);
        return made;
    });
    private final Admin admin;
    private final Set<String> topics;
    private final ObjIntConsumer<String> counted;
    private final Runnable fails;
    private final Map<String, Uuid> known = new HashMap<>();
    private final Map<String, Integer> missed = new HashMap<>();

    private TopicWatch(Admin admin, Set<String> topics, ObjIntConsumer<String> counted, Runnable fails) {
        this.admin = admin;
        this.topics = Set.copyOf(topics);
        this.counted = counted;
        this.fails = fails;
    }

    /**
     * Starts to look.
     *
     * @param admin is used, and not closed
     * @param topics without which the role cannot work; some may come later
     * @param counted hears of each topic, at each look, how many partitions it has
     * @param fails ends the role, because a topic is gone; called once, after a sentence in the log
     */
    public static TopicWatch start(Admin admin, Set<String> topics, ObjIntConsumer<String> counted, Runnable fails) {
        TopicWatch watch = new TopicWatch(admin, topics, counted, fails);
        long interval = INTERVAL.toMillis();
        var unused = watch.thread.scheduleWithFixedDelay(watch::look, interval, interval, TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Must not throw, or it is never called again. */
    private void look() {
        try {
            DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
            Map<String, KafkaFuture<TopicDescription>> answers =
                    admin.describeTopics(topics, options).topicNameValues();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
                look(answer.getKey(), answer.getValue());
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debug("The brokers did not describe the topics; the next look is in some seconds.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String name, KafkaFuture<TopicDescription> answer)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            TopicDescription topic = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            missed.remove(name);
            Uuid before = known.putIfAbsent(name, topic.topicId());
            if (before != null && !before.equals(topic.topicId())) {
                gone(name, true);
            } else {
                counted.accept(name, topic.partitions().size());
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            if (known.containsKey(name) && missed.merge(name, 1, Integer::sum) == LOOKS) {
                gone(name, false);
            }
        }
    }

    /** @param madeAgain whether there is another one with its name, as brokers with auto.create.topics.enable make it */
    private void gone(String topic, boolean madeAgain) {
        thread.shutdown();
        LOG.error(
                "The topic {} was deleted{}, and this instance stops. {}",
                topic,
                madeAgain ? " and made again" : "",
                isOfKafkaStreams(topic)
                        ? "The state that it held is lost: for whole calls, " + HopPartitions.ELSEWHERE + "."
                        : "What it held is lost. \"callweave topics create\" makes it again, and \"callweave topics check\" says"
                                + " whether it is right; then start again.");
        fails.run();
    }

    private static boolean isOfKafkaStreams(String topic) {
        return topic.endsWith("-changelog") || topic.endsWith("-repartition");
    }
}
