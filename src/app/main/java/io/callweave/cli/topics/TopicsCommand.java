package io.callweave.cli.topics;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code topics}: names its subcommands. */
@Command(
        name = "topics",
        description = "Create, check or describe the topics on a cluster, or print the ACLs that the roles need.",
        subcommands = {
            TopicsCreateCommand.class,
            TopicsCheckCommand.class,
            TopicsDescribeCommand.class,
            TopicsAclsCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave topics create --bootstrap-servers=kafka-1:9092",
            "  callweave topics check --bootstrap-servers=kafka-1:9092",
            "  callweave topics acls --principal=User:callweave"
        })
public final class TopicsCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "Name what to do with the topics: create, check, describe or acls.");
        }
    }
}
