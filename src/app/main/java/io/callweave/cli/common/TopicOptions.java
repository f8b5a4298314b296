package io.callweave.cli.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands that work on a cluster's topics have in common. */
public final class TopicOptions {

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_REPLICAS = 100;

    private TopicOptions() {}

    /** One sentence tells that no broker answers; Kafka would warn once a second. Before anything logs. */
    public static void quietenKafka() {
        System.setProperty("callweave.kafka-log-level", "ERROR");
    }

    public static void checkPartitions(@Nullable CommandSpec spec, int partitions) {
        check(spec, "--partitions", partitions, MOST_PARTITIONS);
    }

    public static void checkReplicas(@Nullable CommandSpec spec, int replicas) {
        check(spec, "--replication-factor", replicas, MOST_REPLICAS);
    }

    private static void check(@Nullable CommandSpec spec, String option, int number, int most) {
        if (spec != null && (number < 1 || number > most)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + number + "; it must be from 1 to " + most + ".");
        }
    }
}
