package io.callweave.cli.whole;

import io.callweave.cli.common.Colors;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.settings.Setting;
import io.callweave.settings.value.Durations;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that runs the whole product in this process until a signal or a time ends it. */
public abstract class WholeCommand extends SettingsCommand {

    protected static final Duration WITHOUT_END = Duration.ofDays(3650);

    private static final int HIGHEST_PORT = 65_535;

    @Option(names = "--for", paramLabel = "DURATION", description = "End by itself after this time, such as 30s.")
    private @Nullable String span;

    @Option(
            names = "--calls",
            paramLabel = "OUT",
            description = "Write the call records to this file too, every revision, one a line.")
    private @Nullable Path calls;

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "0",
            description = "The port of the Kafka broker on 127.0.0.1 (a free one).")
    private int kafkaPort;

    @Mixin
    private PostToOption postTo = new PostToOption();

    /** @param main the settings that the help shows */
    protected WholeCommand(Setting<?>... main) {
        super(main);
    }

    /**
     * Checks the options that are common to these commands.
     *
     * @return how long it shall run
     */
    protected final Duration checkCommonOptions() {
        if (kafkaPort < 0 || kafkaPort > HIGHEST_PORT) {
            throw wrong("--kafka-port is " + kafkaPort + "; it must be from 0, which takes a free one, to "
                    + HIGHEST_PORT + ".");
        }
        Output.check(List.of(), Collections.singletonMap("--calls", calls));
        postTo.check();
        String given = span;
        return given == null
                ? WITHOUT_END
                : Durations.parse(given)
                        .orElseThrow(() -> wrong("--for is \"" + given + "\"; it must be like 30s or 10m."));
    }

    /** Where the call records go, beside what is shown. */
    protected final OutputStream records() {
        Path file = calls;
        return file == null ? OutputStream.nullOutputStream() : Output.to(file);
    }

    protected final int kafkaPort() {
        return kafkaPort;
    }

    /**
     * Posts the calls, if it is asked for.
     *
     * @param directory of the command's data
     * @param wait what a record waits for
     * @return tells how it goes
     */
    protected final PostedCalls postTo(EmbeddedStack product, Path directory, WaitFor wait) {
        return postTo.start(product, directory, wait, messages());
    }

    /** Not picocli's writer: it hides that the reader has closed the pipe. */
    protected final PrintWriter stdout() {
        return new PrintWriter(new OutputStreamWriter(Output.stdoutOr(null), StandardCharsets.UTF_8));
    }

    protected final boolean isColored() {
        return Colors.onStdout(spec());
    }
}
