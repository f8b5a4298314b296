package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The messages are those of Kafka 4.3.1, as a real broker and real processes provoked them. */
class KnownTroubleFilterTest {

    private static final String THREAD = "stream-thread [callweave-cf295f5d-StreamThread-1] ";
    private static final String INTERNALS = "org.apache.kafka.streams.processor.internals.";

    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger streamThread = logging.getLogger(INTERNALS + "StreamThread");
    private final Logger collector = logging.getLogger(INTERNALS + "RecordCollectorImpl");
    private final Logger taskManager = logging.getLogger(INTERNALS + "TaskManager");
    private long nanoTime = -7;

    @BeforeEach
    void filter() {
        logging.addTurboFilter(new KnownTroubleFilter(() -> nanoTime));
        lines.start();
        logging.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }

    /** Each a few times, as clients try again, from several clients of an instance. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NetworkClient | Error connecting to node kafka-9:9092 (id: 2 rack: null) | cannot be resolved
            ClientUtils   | Couldn't resolve server kafka-9:9092 from bootstrap.servers as DNS resolution failed for kafka-9 | \
            cannot be resolved
            NetworkClient | Connection to node -1 (kafka/10.0.0.9:9092) failed authentication due to: Authentication failed | \
            does not let this instance in
            producer.internals.Sender | Received unknown topic or partition error in produce request on partition cw.calls-3. \
            The topic-partition may not exist or the user may not have Describe access to it | does not know a topic
            NetworkClient | The metadata response from the cluster reported a recoverable issue with correlation id 7 : \
            {cw.calls=UNKNOWN_TOPIC_OR_PARTITION} | does not know a topic
            producer.internals.Sender | Got error produce response with correlation id 8 on topic-partition cw.calls-1, retrying \
            (2147483646 attempts left). Error: NOT_ENOUGH_REPLICAS | Too few brokers
            """)
    void shouldSayOneSentenceAMinuteWithWhatToDoAndWithKafkasWords(String logger, String message, String sentence) {
        for (int client = 1; client <= 3; client++) {
            logging.getLogger("org.apache.kafka.clients." + logger)
                    .warn("[Consumer clientId=c" + client + ", groupId=cw] " + message, new IOException("trace"));
        }

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains(sentence).endsWith(" Kafka says: " + message);
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void shouldSayThatRecordsInAnotherOrderAreSentAgain() {
        Logger sender = logging.getLogger("org.apache.kafka.clients.producer.internals.Sender");
        sender.warn(
                "Got error produce response with correlation id 1736 on topic-partition cw-routed-repartition-4, retrying"
                        + " (2147483646 attempts left). Error: OUT_OF_ORDER_SEQUENCE_NUMBER");
        sender.warn(
                "Got error produce response with correlation id 1737 on topic-partition cw-routed-repartition-4, retrying"
                        + " (2147483646 attempts left). Error: OUT_OF_ORDER_SEQUENCE_NUMBER");

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).endsWith("No action is needed."));
    }

    @Test
    void shouldSayOneSentenceOfATransactionThatKafkaEnded() {
        InvalidProducerEpochException oldEpoch =
                new InvalidProducerEpochException("Producer attempted to produce with an old epoch.");
        collector.error(
                THREAD
                        + "stream-task [0_1] Error encountered sending record to topic callweave-routed-repartition for task"
                        + " 0_1 due to:\norg.apache.kafka.common.errors.InvalidProducerEpochException: Producer attempted"
                        + " to produce with an old epoch.\nWritten offsets would not be recorded and no more records would"
                        + " be sent since the producer is fenced, indicating the task may be migrated out",
                oldEpoch);
        streamThread.warn(
                THREAD
                        + "Detected that the thread is being fenced. This implies that this thread missed a rebalance and"
                        + " dropped out of the consumer group. Will close out all assigned tasks and rejoin the consumer"
                        + " group.",
                new TaskMigratedException("Error encountered sending record", oldEpoch));

        assertThat(lines.list).hasSize(1).first().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).isEqualTo(KnownTrouble.INTERRUPTED.sentence());
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void shouldSayOneSentenceOfABrokerThatStopsInOrder() {
        Logger sender = logging.getLogger("org.apache.kafka.clients.producer.internals.Sender");
        for (String partition : List.of("callweave.party-events-3", "callweave.calls-0")) {
            sender.warn(
                    "[Producer clientId=producer-1] Got error produce response with correlation id {} on topic-partition {},"
                            + " retrying ({} attempts left). Error: {}",
                    1783,
                    partition,
                    2147483646,
                    "NOT_LEADER_OR_FOLLOWER");
            sender.warn(
                    "[Producer clientId=producer-1] Received invalid metadata error in produce request on partition {} due to"
                            + " {} Going to request metadata update now",
                    partition,
                    new NotLeaderOrFollowerException(
                                    "For requests intended only for the leader, this error indicates that"
                                            + " the broker is not the current leader.")
                            .toString());
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(KnownTrouble.MOVED.sentence());
    }

    @Test
    void shouldSayOneSentenceOfAStateThatIsRestoredAfterAKill() {
        TaskCorruptedException corrupted = new TaskCorruptedException(java.util.Set.of());
        for (String task : List.of("1_1", "1_3")) {
            logging.getLogger(INTERNALS + "ProcessorStateManager")
                    .warn(
                            "stream-client [callweave-66a7a97a] State store {} did not find checkpoint offsets while stores"
                                    + " are not empty, since under EOS it has the risk of getting uncommitted data in stores"
                                    + " we have to treat it as a task corruption error and wipe out the local state of task"
                                    + " {} before re-bootstrapping",
                            "due",
                            task);
            logging.getLogger(INTERNALS + "StateDirectory")
                    .warn(
                            "Failed to register startup state stores for task {}: {}",
                            task,
                            "Tasks [" + task + "] are corrupted and hence need to be re-initialized");
            taskManager.warn(
                    THREAD + "Encounter corrupted task " + task
                            + ", will group it with other corrupted tasks and handle together",
                    corrupted);
        }
        taskManager.error(
                THREAD + "Get exceptions for the following tasks: {}",
                Map.of("1_1", "org.apache.kafka.streams.errors.TaskCorruptedException: Tasks [1_1] are corrupted"));
        streamThread.warn(
                THREAD
                        + "Detected the states of tasks [1_3, 1_1] are corrupted. Will close the task as dirty and re-create"
                        + " and bootstrap from scratch.",
                corrupted);

        assertThat(shown()).containsExactly(KnownTrouble.RESTORED.sentence());
    }

    @Test
    void shouldSayOnceAnHourThatStandbysAreMissing() {
        for (int rebalance = 0; rebalance < 60; rebalance++) {
            for (int task = 0; task < 12; task++) {
                logging.getLogger(INTERNALS + "assignment.StandbyTaskAssignmentUtils")
                        .warn(
                                "Unable to assign {} of {} standby tasks for task [{}]. There is not enough available"
                                        + " capacity. You should increase the number of application instances to maintain"
                                        + " the requested number of standby replicas.",
                                1,
                                1,
                                "1_" + task);
            }
            nanoTime += Duration.ofMinutes(1).toNanos();
        }

        assertThat(shown()).containsExactly(KnownTrouble.NO_STANDBY.sentence());
    }

    @Test
    void shouldSayThatTheGroupWasNotLeft() {
        logging.getLogger("org.apache.kafka.clients.consumer.internals.ConsumerCoordinator")
                .error(
                        "[Consumer clientId=c, groupId=callweave] LeaveGroup request with {} failed with error: {}",
                        "Generation{generationId=1}",
                        "The coordinator is not aware of this member.");

        assertThat(shown()).containsExactly(KnownTrouble.NOT_LEFT.sentence());
    }

    @Test
    void shouldSayNothingOfAnAttemptThatIsRepeatedAtOnce() {
        logging.getLogger("org.apache.kafka.clients.producer.internals.Sender")
                .warn(
                        "[Producer clientId=p] Got error produce response with correlation id {} on topic-partition {},"
                                + " retrying ({} attempts left). Error: {}",
                        new Object[] {740, "callweave-routed-repartition-3", 2147483646, "CONCURRENT_TRANSACTIONS"});

        assertThat(shown()).isEmpty();
    }

    @Test
    void shouldSayItAgainAfterAMinute() {
        streamThread.warn(THREAD + "Detected that the thread is being fenced.");
        nanoTime += Duration.ofSeconds(59).toNanos();
        streamThread.warn(THREAD + "Detected that the thread is being fenced.");
        nanoTime += Duration.ofSeconds(1).toNanos();
        streamThread.warn(THREAD + "Detected that the thread is being fenced.");

        assertThat(shown()).hasSize(2);
    }

    @Test
    void shouldLetEverythingElsePass() {
        collector.error(THREAD + "Error encountered sending record to topic calls for task 1_0 due to:\n"
                + "org.apache.kafka.common.errors.RecordTooLargeException: too large");
        taskManager.error(
                THREAD + "Get exceptions for the following tasks: {}",
                Map.of("1_1", "org.apache.kafka.streams.errors.ProcessorStateException: No space left on device"));
        streamThread.error(THREAD + "Thread is dead.");
        logging.getLogger("io.callweave").warn("Detected that the thread is being fenced, says somebody else.");

        assertThat(shown()).hasSize(4);
    }

    @Test
    void shouldShowEverythingAtLevelDebug() {
        streamThread.setLevel(Level.DEBUG);

        streamThread.warn(THREAD + "Detected that the thread is being fenced.");

        assertThat(shown()).hasSize(1).allMatch(line -> line.startsWith("stream-thread"));
    }

    @ParameterizedTest
    @EnumSource(KnownTrouble.class)
    void shouldBeExplainedInTheOperatorsDocument(KnownTrouble trouble) throws Exception {
        String document = Files.readString(Path.of("docs", "operate.md"), StandardCharsets.UTF_8);

        assertThat(document).contains(trouble.sentence().split("[,:.]", 2)[0]);
    }

    /** A message that a Kafka upgrade changes would come through again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                INTERNALS + "StreamThread | Detected that the thread is being fenced",
                INTERNALS + "RecordCollectorImpl | Error encountered sending record to topic",
                INTERNALS + "TaskManager | Hit TimeoutException when committing all non-corrupted tasks",
                INTERNALS + "TaskManager | Timed out while trying to commit all tasks during revocation",
                INTERNALS + "ProcessorStateManager | did not find checkpoint offsets while stores are not empty",
                INTERNALS + "StateDirectory | Failed to register startup state stores for task",
                INTERNALS + "TaskManager | Get exceptions for the following tasks",
                INTERNALS + "TaskManager | Encounter corrupted task",
                INTERNALS + "StreamThread | Detected the states of tasks",
                INTERNALS + "StreamThread | Active task(s) got corrupted. Triggering a rebalance",
                INTERNALS + "TaskManager | Some tasks were corrupted when trying to commit offsets",
                INTERNALS + "TaskManager | Some additional tasks were found corrupted while trying to commit",
                INTERNALS + "assignment.StandbyTaskAssignmentUtils | Unable to assign {} of {} standby tasks for task",
                "org.apache.kafka.clients.consumer.internals.AbstractCoordinator$LeaveGroupResponseHandler"
                        + " | LeaveGroup request with"
            })
    void shouldKnowWhatKafkaSays(String classOfKafka, String part) throws Exception {
        try (InputStream code =
                KnownTrouble.class.getResourceAsStream("/" + classOfKafka.replace('.', '/') + ".class")) {
            assertThat(code).isNotNull();
            assertThat(new String(code.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(part);
        }
        assertThat(KnownTrouble.of(part + " standby tasks for task [1_1]")).isPresent();
    }

    private List<String> shown() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
