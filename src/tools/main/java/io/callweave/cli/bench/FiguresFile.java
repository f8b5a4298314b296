package io.callweave.cli.bench;

import io.callweave.cli.common.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --json} of benches. */
public final class FiguresFile {

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path file;

    /** Writes the figures. */
    @FunctionalInterface
    public interface Figures {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Says at the start if the file cannot be written, before hours of work are lost. */
    public void check() {
        Output.check(List.of(), Collections.singletonMap("--json", file));
    }

    /** Does nothing without the option. */
    public void write(Figures figures) throws IOException {
        if (file != null) {
            try (OutputStream out = Output.to(file)) {
                figures.writeTo(out);
            }
        }
    }
}
