package io.callweave.cli;

import io.callweave.cli.bench.BenchCommand;
import io.callweave.cli.console.ConsoleCommand;
import io.callweave.cli.deliver.DeliverCommand;
import io.callweave.cli.demo.DemoCommand;
import io.callweave.cli.directory.DirectoryCommand;
import io.callweave.cli.export.ExportCommand;
import io.callweave.cli.files.AssembleCommand;
import io.callweave.cli.files.ExplainCommand;
import io.callweave.cli.run.RunCommand;
import io.callweave.cli.local.LocalCommand;
import io.callweave.cli.replay.ReplayCommand;
import io.callweave.cli.report.ReportCommand;
import io.callweave.cli.role.BridgeCommand;
import io.callweave.cli.role.StreamsCommand;
import io.callweave.cli.simulate.SimulateCommand;
import io.callweave.cli.subscribe.SubscribeCommand;
import io.callweave.cli.topics.TopicsCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * All commands, in the order of the help. Small installations leave out what only some commands need: the image {@code callweave}
 * has no embedded broker, no simulator and no benchmarks. There, {@link AbsentCommand} takes the place of these commands.
 */
enum Commands {
    ASSEMBLE(Group.FILES, "assemble"),
    RUN(Group.FILES, "run", Part.BROKER),
    REPORT(Group.FILES, "report"),
    EXPORT(Group.FILES, "export"),
    EXPLAIN(Group.FILES, "explain"),
    TOPICS(Group.CLUSTER, "topics"),
    BRIDGE(Group.CLUSTER, "bridge"),
    STREAMS(Group.CLUSTER, "streams"),
    DELIVER(Group.CLUSTER, "deliver"),
    CONSOLE(Group.CLUSTER, "console"),
    DIRECTORY(Group.CLUSTER, "directory"),
    LOCAL(Group.RINGCENTRAL, "local", Part.BROKER, Part.DEMO),
    SUBSCRIBE(Group.RINGCENTRAL, "subscribe"),
    DEMO(Group.TRAFFIC, "demo", Part.BROKER, Part.SIMULATOR, Part.DEMO),
    SIMULATE(Group.TRAFFIC, "simulate", Part.SIMULATOR, Part.PLATFORM),
    REPLAY(Group.TRAFFIC, "replay"),
    BENCH(Group.TRAFFIC, "bench", Part.BROKER, Part.BENCHMARKS),
    CONFIG(Group.REFERENCE, "config"),
    SCHEMA(Group.REFERENCE, "schema"),
    TOPOLOGY(Group.REFERENCE, "topology"),
    COMPLETION(Group.REFERENCE, "completion");

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

    /** What an installation can lack, and a class that is there if and only if the part is. */
    private enum Part {
        BROKER("kafka.server.KafkaRaftServer"),
        SIMULATOR("io.callweave.simulation.Traffic"),
        PLATFORM("io.callweave.platform.PlatformServer"),
        DEMO("io.callweave.demo.DemoTraffic"),
        BENCHMARKS("io.callweave.bench.throughput.TopologyBench");

        private final String file;

        Part(String className) {
            file = className.replace('.', '/') + ".class";
        }

        /** Looks for the file: to load the class would cost time at each start. */
        boolean isIn(ClassLoader classes) {
            return classes.getResource(file) != null;
        }
    }

    private final Group group;
    private final String word;
    private final List<Part> parts;

    Commands(Group group, String word, Part... parts) {
        this.group = group;
        this.word = word;
        this.parts = List.of(parts);
    }

    /** One for each command, whether its parts are among these classes or not. */
    static List<CommandLine> in(ClassLoader classes) {
        return Arrays.stream(values())
                .map(command -> command.isIn(classes) ? command.present() : command.absent())
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

    private boolean isIn(ClassLoader classes) {
        return parts.stream().allMatch(part -> part.isIn(classes));
    }

    private CommandLine absent() {
        return new CommandLine(new AbsentCommand()).setCommandName(word).setUnmatchedArgumentsAllowed(true);
    }

    /** The class of an absent command is never loaded: its fields and methods can name classes that are not there. */
    private CommandLine present() {
        return new CommandLine(
                switch (this) {
                    case ASSEMBLE -> new AssembleCommand();
                    case RUN -> new RunCommand();
                    case REPORT -> new ReportCommand();
                    case EXPORT -> new ExportCommand();
                    case EXPLAIN -> new ExplainCommand();
                    case BRIDGE -> new BridgeCommand();
                    case STREAMS -> new StreamsCommand();
                    case DELIVER -> new DeliverCommand();
                    case CONSOLE -> new ConsoleCommand();
                    case TOPICS -> new TopicsCommand();
                    case DIRECTORY -> new DirectoryCommand();
                    case LOCAL -> new LocalCommand();
                    case SUBSCRIBE -> new SubscribeCommand();
                    case TOPOLOGY -> new TopologyCommand();
                    case SCHEMA -> new SchemaCommand();
                    case CONFIG -> new ConfigCommand();
                    case COMPLETION -> new CompletionCommand();
                    case DEMO -> new DemoCommand();
                    case REPLAY -> new ReplayCommand();
                    case SIMULATE -> new SimulateCommand();
                    case BENCH -> new BenchCommand();
                });
    }
}
