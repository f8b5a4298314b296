package io.callweave.cli.common;

import picocli.CommandLine.Model.CommandSpec;

/** What commands that work on a cluster's topics have in common. */
public final class TopicOptions {

    private static final int MOST_PARTITIONS = 10_000;
    private static final int MOST_REPLICAS = 100;

    private TopicOptions() {}

    public static void checkPartitions(CommandSpec spec, int partitions) {
        check(spec, "--partitions", partitions, MOST_PARTITIONS);
    }

    public static void checkReplicas(CommandSpec spec, int replicas) {
        check(spec, "--replication-factor", replicas, MOST_REPLICAS);
    }

    private static void check(CommandSpec spec, String option, int number, int most) {
        if (number < 1 || number > most) {
            throw WrongUsage.of(spec, option + " is " + number + "; it must be from 1 to " + most + ".");
        }
    }
}
