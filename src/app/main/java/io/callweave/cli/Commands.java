package io.callweave.cli;

import io.callweave.cli.audit.AuditCommand;
import io.callweave.cli.backfill.BackfillCommand;
import io.callweave.cli.console.ConsoleCommand;
import io.callweave.cli.deliver.DeliverCommand;
import io.callweave.cli.directory.DirectoryCommand;
import io.callweave.cli.export.ExportCommand;
import io.callweave.cli.files.AssembleCommand;
import io.callweave.cli.files.ExplainCommand;
import io.callweave.cli.files.WhatIfCommand;
import io.callweave.cli.report.ReportCommand;
import io.callweave.cli.role.BridgeCommand;
import io.callweave.cli.role.StreamsCommand;
import io.callweave.cli.subscribe.SubscribeCommand;
import io.callweave.cli.topics.TopicsCommand;
import io.callweave.cli.verify.VerifyCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order of the help. Those that have no maker here are of {@code callweave-tools.jar}; where that is missing,
 * {@link AbsentCommand} takes their place. Makers are lambdas: a reference to a constructor would load the command.
 */
enum Commands {
    ASSEMBLE(Group.FILES, "assemble", () -> new AssembleCommand()),
    RUN(Group.FILES, "run"),
    REPORT(Group.FILES, "report", () -> new ReportCommand()),
    EXPORT(Group.FILES, "export", () -> new ExportCommand()),
    EXPLAIN(Group.FILES, "explain", () -> new ExplainCommand()),
    WHATIF(Group.FILES, "whatif", () -> new WhatIfCommand()),
    TOPICS(Group.CLUSTER, "topics", () -> new TopicsCommand()),
    BRIDGE(Group.CLUSTER, "bridge", () -> new BridgeCommand()),
    STREAMS(Group.CLUSTER, "streams", () -> new StreamsCommand()),
    DELIVER(Group.CLUSTER, "deliver", () -> new DeliverCommand()),
    CONSOLE(Group.CLUSTER, "console", () -> new ConsoleCommand()),
    VERIFY(Group.CLUSTER, "verify", () -> new VerifyCommand()),
    DIRECTORY(Group.CLUSTER, "directory", () -> new DirectoryCommand()),
    LOCAL(Group.RINGCENTRAL, "local"),
    SUBSCRIBE(Group.RINGCENTRAL, "subscribe", () -> new SubscribeCommand()),
    AUDIT(Group.RINGCENTRAL, "audit", () -> new AuditCommand()),
    BACKFILL(Group.RINGCENTRAL, "backfill", () -> new BackfillCommand()),
    DEMO(Group.TRAFFIC, "demo"),
    SIMULATE(Group.TRAFFIC, "simulate"),
    REPLAY(Group.TRAFFIC, "replay"),
    BENCH(Group.TRAFFIC, "bench"),
    CONFIG(Group.REFERENCE, "config", () -> new ConfigCommand()),
    SCHEMA(Group.REFERENCE, "schema", () -> new SchemaCommand()),
    TOPOLOGY(Group.REFERENCE, "topology", () -> new TopologyCommand()),
    COMPLETION(Group.REFERENCE, "completion", () -> new CompletionCommand());

    /** What the help puts together. */
    private enum Group {
        FILES("Calls from files, without a cluster"),
        CLUSTER("On a Kafka cluster"),
        RINGCENTRAL("At RingCentral"),
        TRAFFIC("Try, test and measure"),
        REFERENCE("Reference");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }
    }

    private final Group group;
    private final String word;
    private final @Nullable Supplier<Object> maker;

    Commands(Group group, String word) {
        this(group, word, null);
    }

    Commands(Group group, String word, @Nullable Supplier<Object> maker) {
        this.group = group;
        this.word = word;
        this.maker = maker;
    }

    static boolean has(String word) {
        return Arrays.stream(values()).anyMatch(command -> command.word.equals(word));
    }

    /**
     * One for each command, with those of the tools as far as these classes have them.
     *
     * @param only the word of the command that is made, of the others there is the name; null to make all
     */
    static List<CommandLine> in(ClassLoader classes, @Nullable String only) {
        Map<String, Supplier<Object>> tools = new HashMap<>();
        ServiceLoader.load(MoreCommands.class, classes).forEach(more -> tools.putAll(more.byName()));
        return Arrays.stream(values())
                .map(command -> command.line(command.maker != null ? command.maker : tools.get(command.word), only))
                .toList();
    }

    /** The headings of the help with the commands below them. */
    static Map<String, List<String>> byGroup() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (Commands command : values()) {
            groups.computeIfAbsent(command.group.heading, heading -> new ArrayList<>())
                    .add(command.word);
        }
        return groups;
    }

    private CommandLine line(@Nullable Supplier<Object> made, @Nullable String only) {
        if (made == null) {
            return new CommandLine(new AbsentCommand()).setCommandName(word).setUnmatchedArgumentsAllowed(true);
        }
        return new CommandLine(
                only == null || only.equals(word)
                        ? made.get()
                        : CommandSpec.create().name(word));
    }
}
