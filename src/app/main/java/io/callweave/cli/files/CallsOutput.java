package io.callweave.cli.files;

import io.callweave.cli.common.DirectoryOption;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.WrongUsage;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import io.callweave.topics.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The files that {@code assemble} and {@code run} read and write, and in which form they print calls. */
public final class CallsOutput {

    private static final int DEFAULT_WIDTH = 100;
    private static final int NARROWEST = 40;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description =
                    "json, table or csv (on a terminal table, else json); csv is also for party rows and windows.")
    private @Nullable String format;

    @Option(
            names = "--revisions",
            description = "Print every revision of each call, in order of emission (default of run with json).")
    private boolean revisions;

    @Option(
            names = "--final",
            description = "Print the last record of each call, by start (default of assemble, table and csv).")
    private boolean last;

    @Option(names = "--calls", paramLabel = "OUT", description = "Write the call records to this file instead.")
    private @Nullable Path calls;

    @Option(
            names = "--party-metrics",
            paramLabel = "OUT",
            description = "Write the party rows to this file: the last value of each key, sorted by key.")
    @Nullable
    public Path partyMetrics;

    @Option(
            names = "--window-metrics",
            paramLabel = "OUT",
            description = "Write the figures of windows to this file: the last value of each key, sorted by key.")
    @Nullable
    public Path windowMetrics;

    @Option(
            names = "--dead-letters",
            paramLabel = "OUT",
            description =
                    "Write what cannot be used to this file: {reason, source, detail, value or valueBase64} a line.")
    @Nullable
    public Path deadLetters;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** For completion. */
    static final class Formats extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Formats() {
            super(CallFormat.words());
        }
    }

    public List<String> files() {
        return files;
    }

    public boolean hasDirectory() {
        return directory.isGiven();
    }

    /**
     * Looks whether all of it can be read and written, before any work is done.
     *
     * @param more outputs of the command alone, by their options
     * @throws RuntimeException if not; one sentence
     */
    public void check(Map<String, @Nullable Path> more) {
        if (revisions && last) {
            throw WrongUsage.of(command, "--revisions and --final exclude each other; give only one of them.");
        }
        var unused = format();
        List<String> inputs = directory.checkedWith(files, command);
        Map<String, @Nullable Path> outputs = new LinkedHashMap<>();
        outputs.put("--calls", calls);
        outputs.put("--dead-letters", deadLetters);
        outputs.put("--party-metrics", partyMetrics);
        outputs.put("--window-metrics", windowMetrics);
        outputs.putAll(more);
        Output.check(inputs, outputs);
    }

    /** The extensions of the directory; none if it is not given. */
    public List<DirectoryEntry> extensions() {
        return directory.extensions(Messages.to(command));
    }

    /** Whether every revision is asked for, by option or by the default of the command. */
    public boolean revisions(boolean byDefaultInJson) {
        return revisions || (!last && byDefaultInJson && format() == CallFormat.JSON);
    }

    /** Where the calls go. */
    public CallListing listing(Collection<DirectoryEntry> extensions, boolean everyRevision) {
        return format().to(Output.stdoutOr(calls), DirectoryLookup.of(extensions), everyRevision, width());
    }

    /** Where the values of a topic go: to a file, as JSON or CSV. */
    public CallListing rows(Path file, Topic topic) {
        return format().rowsTo(Output.to(file), topic.suffix());
    }

    private CallFormat format() {
        String word = format;
        if (word == null) {
            boolean terminal = calls == null && Boolean.getBoolean("callweave.stdout-terminal");
            return terminal ? CallFormat.TABLE : CallFormat.JSON;
        }
        return CallFormat.parse(word)
                .orElseThrow(() -> WrongUsage.ofWord(command, "--format", word, CallFormat.words()));
    }

    /** Only the launcher can ask the terminal. */
    private int width() {
        boolean terminal = calls == null && Boolean.getBoolean("callweave.stdout-terminal");
        int columns = terminal ? Integer.getInteger("callweave.columns", DEFAULT_WIDTH) : DEFAULT_WIDTH;
        // Some terminals say 0.
        return columns <= 0 ? DEFAULT_WIDTH : Math.max(NARROWEST, columns);
    }
}
