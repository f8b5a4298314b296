package io.callweave.cli.bench;

import io.callweave.bench.figures.FiguresJson;
import io.callweave.cli.common.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --json} of benches. */
public final class FiguresFile {

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file.")
    private @Nullable Path file;

    /** Says at the start if the file cannot be written, before hours of work are lost. */
    public void check() {
        Output.check(List.of(), Collections.singletonMap("--json", file));
    }

    /** Does nothing without the option. */
    public void write(Map<String, ?> figures) throws IOException {
        if (file != null) {
            try (OutputStream out = Output.to(file)) {
                FiguresJson.write(figures, out);
            }
        }
    }
}
