package io.callweave.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code topics}: names its subcommands. */
@Command(
        name = "topics",
        description = "Create, check or describe the topics on a cluster.",
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class, TopicsDescribeCommand.class},
        footer = {
            "",
            "Examples:",
            "  callweave topics create --bootstrap-servers=kafka-1:9092",
            "  callweave topics check --bootstrap-servers=kafka-1:9092"
        })
final class TopicsCommand implements Runnable {

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_REPLICAS = 100;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Name what to do with the topics: create, check or describe.");
        }
    }

    /** One sentence tells that no broker answers; Kafka would warn once a second. Before anything logs. */
    static void quietenKafka() {
        System.setProperty("callweave.kafka-log-level", "ERROR");
    }

    static void checkPartitions(@Nullable CommandSpec spec, int partitions) {
        check(spec, "--partitions", partitions, MOST_PARTITIONS);
    }

    static void checkReplicas(@Nullable CommandSpec spec, int replicas) {
        check(spec, "--replication-factor", replicas, MOST_REPLICAS);
    }

    private static void check(@Nullable CommandSpec spec, String option, int number, int most) {
        if (spec != null && (number < 1 || number > most)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + number + "; it must be from 1 to " + most + ".");
        }
    }
}
