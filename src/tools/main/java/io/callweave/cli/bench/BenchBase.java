package io.callweave.cli.bench;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all benches do: check their options, make a directory, say how far they are, show and write their figures. */
abstract class BenchBase implements Callable<Integer> {

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Spec
    private @Nullable CommandSpec spec;

    /** A benchmark whose options are right. */
    @FunctionalInterface
    interface Bench {

        /** @param directory empty */
        void run(Path directory) throws InterruptedException, IOException;
    }

    /** @throws IllegalArgumentException if an option is wrong */
    abstract Bench bench();

    @Override
    public final Integer call() throws InterruptedException, IOException {
        System.setProperty("callweave.kafka-log-level", "OFF");
        Bench bench = WrongUsage.checked(spec, this::bench);
        json.check();
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-")) {
            bench.run(directory.path());
        }
        return ExitStatus.DONE;
    }

    final void progress(String line) {
        Messages.to(spec).println(line);
    }

    /** For the results. */
    final PrintWriter out() {
        return Messages.out(spec);
    }

    /** Writes the file that the user asked for. */
    final void write(Map<String, ?> figures) throws IOException {
        json.write(figures);
    }
}
