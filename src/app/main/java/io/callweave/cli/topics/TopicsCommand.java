package io.callweave.cli.topics;

import io.callweave.cli.common.CommandGroup;
import picocli.CommandLine.Command;

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
public final class TopicsCommand extends CommandGroup {

    public TopicsCommand() {
        super("Name what to do with the topics: create, check, describe or acls.");
    }
}
