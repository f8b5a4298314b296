package io.callweave.logging;

import java.util.List;
import java.util.Optional;

/**
 * What Kafka's clients log when something went wrong that they repair by themselves, with parts of the messages of Kafka
 * 4.3.1. Each is several lines and stack traces there, and one sentence here.
 */
enum KnownTrouble {
    /** After a pause of this process or of the brokers, or while the group waits for an instance that was killed. */
    INTERRUPTED(
            "Kafka ended a transaction of this instance: the instance or a broker paused, or the group waits for an instance"
                    + " that is gone. The work since the last commit is repeated. No action is needed.",
            60,
            List.of(
                    "Detected that the thread is being fenced",
                    "Error encountered sending record to topic",
                    "Hit TimeoutException when committing all non-corrupted tasks",
                    "Timed out while trying to commit all tasks during revocation",
                    "Failed to flush cache of store")),

    /** After a kill, or after a transaction that was ended. */
    RESTORED(
            "The local state of some tasks was not closed in order, as after a kill or a transaction that Kafka ended. It is"
                    + " restored from Kafka. No action is needed.",
            60,
            List.of(
                    "did not find checkpoint offsets while stores are not empty",
                    "Failed to register startup state stores for task",
                    "Get exceptions for the following tasks",
                    "Encounter corrupted task",
                    "Detected the states of tasks",
                    "Active task(s) got corrupted. Triggering a rebalance",
                    "Some tasks were corrupted when trying to commit offsets",
                    "Some additional tasks were found corrupted while trying to commit")),

    /** The brokers are away, or have forgotten the member. */
    NOT_LEFT(
            "The instance could not leave its group. Others take over its work when its session times out"
                    + " (streams.session.timeout.ms).",
            60,
            List.of("LeaveGroup request with")),

    /** Once for each task and rebalance. */
    NO_STANDBY(
            "Some tasks have no standby: there are fewer instances than copies (streams.num.standby.replicas). Start more"
                    + " instances, or ask for fewer copies.",
            3_600,
            List.of("Unable to assign")),

    /** A broker was stopped in order, or another one leads a partition for another reason. */
    MOVED(
            "A broker no longer leads a partition, as when it is stopped. What was sent to it is sent again, to the broker that"
                    + " leads it then. If this is said again and again, look at the brokers.",
            60,
            List.of(
                    "Error: NOT_LEADER_OR_FOLLOWER",
                    "due to org.apache.kafka.common.errors.NotLeaderOrFollowerException",
                    "LEADER_NOT_AVAILABLE")),

    /** After a broker failed or answered slowly, while several batches were on their way. */
    REORDERED(
            "A broker got records of this instance in another order than they were sent. They are sent again, in order."
                    + " No action is needed.",
            60,
            List.of("Error: OUT_OF_ORDER_SEQUENCE_NUMBER")),

    /** While the broker that keeps the offsets of the group is away, or starts. */
    COMMIT_LATER(
            "What was done cannot be committed yet, because a broker is away or starts. It is committed later. If this is said"
                    + " again and again, look at the brokers.",
            60,
            List.of("Offset commit failed on partition", "Committing task(s)")),

    /** Two of three brokers are away, for example. */
    TOO_FEW(
            "Too few brokers have a copy of a partition, so Kafka takes no records for it (min.insync.replicas). They are sent"
                    + " again and again. Bring the brokers back that are away.",
            60,
            List.of("Error: NOT_ENOUGH_REPLICAS")),

    /** The client looks for the name again at each attempt to connect. */
    UNRESOLVED(
            "The name of a broker cannot be resolved. Check bootstrap.servers, the names that the brokers advertise, and the"
                    + " DNS of this machine.",
            60,
            List.of("Couldn't resolve server ", "Error connecting to node ")),

    /** At each attempt to connect. */
    LOGIN(
            "A broker does not let this instance in. Check kafka.sasl.jaas.config, kafka.security.protocol and kafka.ssl.*, and"
                    + " whether the user is on the cluster.",
            60,
            List.of("failed authentication due to", "terminated during authentication")),

    /** It was deleted, or is so new that a broker does not know it yet. */
    NO_TOPIC(
            "A broker does not know a topic. If this is said again and again, \"callweave topics check\" says whether a topic is"
                    + " missing.",
            60,
            List.of(
                    "Received unknown topic or partition error",
                    "Received unknown topic ID error",
                    "Error: UNKNOWN_TOPIC",
                    "has missing source topics",
                    "metadata response from the cluster reported a recoverable issue")),

    /** At the first record after another transaction of the same producer: the next attempt succeeds. */
    RETRIED("", 0, List.of("Error: CONCURRENT_TRANSACTIONS"));

    /** What INTERRUPTED and RESTORED are about; other exceptions are no known trouble. */
    private static final List<String> CAUSES = List.of(
            "InvalidProducerEpochException",
            "TransactionAbortedException",
            "ProducerFencedException",
            "TaskCorruptedException",
            "TaskMigratedException",
            "TimeoutException",
            "CommitFailedException",
            "RebalanceInProgressException",
            "NetworkException");

    private final String sentence;
    private final int quietSeconds;
    private final List<String> parts;

    KnownTrouble(String sentence, int quietSeconds, List<String> parts) {
        this.sentence = sentence;
        this.quietSeconds = quietSeconds;
        this.parts = parts;
    }

    /** What is said instead; empty for nothing. */
    String sentence() {
        return sentence;
    }

    /** Whether only Kafka's own words name the broker or the topic. */
    boolean isQuoted() {
        return switch (this) {
            case TOO_FEW, UNRESOLVED, LOGIN, NO_TOPIC -> true;
            case INTERRUPTED, RESTORED, NOT_LEFT, NO_STANDBY, MOVED, REORDERED, COMMIT_LATER, RETRIED -> false;
        };
    }

    /** How long it is not said again. */
    int quietSeconds() {
        return quietSeconds;
    }

    /** @param text a message, formatted */
    static Optional<KnownTrouble> of(String text) {
        for (KnownTrouble one : values()) {
            if (one.parts.stream().anyMatch(text::contains)) {
                return one.isWhole(text) ? Optional.of(one) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(String text) {
        return switch (this) {
            case INTERRUPTED, RESTORED -> hasKnownCauses(text);
            case NO_STANDBY -> text.contains("standby tasks for task");
            case COMMIT_LATER -> text.contains("oordinator") || text.contains("timed out") || text.endsWith(" failed.");
            case NO_TOPIC ->
                text.contains("nknown topic")
                        || text.contains("UNKNOWN_TOPIC")
                        || text.contains("missing source topics");
            case NOT_LEFT, MOVED, REORDERED, TOO_FEW, UNRESOLVED, LOGIN, RETRIED -> true;
        };
    }

    private static boolean hasKnownCauses(String text) {
        String rest = text;
        for (String cause : CAUSES) {
            rest = rest.replace(cause, "");
        }
        return !rest.contains("Exception") && !rest.contains("Error:");
    }
}
