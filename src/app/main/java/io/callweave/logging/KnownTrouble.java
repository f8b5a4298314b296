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
                    "Timed out while trying to commit all tasks during revocation")),

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
                    "due to org.apache.kafka.common.errors.NotLeaderOrFollowerException")),

    /** At the first record after another transaction of the same producer: the next attempt succeeds. */
    RETRIED("", 0, List.of("Error: CONCURRENT_TRANSACTIONS"));

    /** What INTERRUPTED and RESTORED are about; other exceptions are no known trouble. */
    private static final List<String> CAUSES = List.of(
            "InvalidProducerEpochException",
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
            case NOT_LEFT, MOVED, RETRIED -> true;
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
