package io.callweave.cli.bench;

import io.callweave.bench.scale.Curve;
import io.callweave.bench.scale.CurvePicture;
import io.callweave.bench.scale.CurvePoint;
import io.callweave.bench.scale.ScaleBench;
import io.callweave.bench.scale.ScaleJson;
import io.callweave.bench.scale.ScaleOptions;
import io.callweave.bench.scale.ScaleResults;
import io.callweave.bench.scale.ScaleText;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.WrongUsage;
import io.callweave.files.LocalException;
import io.callweave.files.TemporaryDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code bench scale}: what rate, CPU time, memory and disk are for more of everything. */
@Command(
        name = "scale",
        description = {
            "Measure rate, CPU time, memory and disk for more calls, partitions, threads, accounts and links.",
            "Each curve changes one size from point to point. Before each round of a point, the reference has a round: the"
                    + " sizes of bench topology. So a slow hour of the machine shows.",
            "The curve restore measures a restart without the state directory."
        },
        footer = {
            "",
            "Examples:",
            "  callweave bench scale --json scale.json --svg pictures",
            "  callweave bench scale --curves live,settled --most 100000"
        })
final class BenchScaleCommand implements Callable<Integer> {

    @Option(
            names = "--curves",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "live,settled,partitions,threads,accounts,linked,restore",
            converter = CurveByLabel.class,
            description = {
                "Measure only these, separated by commas: live, settled, partitions, threads, accounts, linked, restore (all)."
            })
    private List<Curve> curves = List.of(Curve.values());

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Most live or settled calls of a point (1000000).")
    private long most;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Notifications in each round (100000).")
    private long events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Notifications of the reference before the first point (500000); 0 for none.")
    private long warmUp;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds of each point (3).")
    private int rounds;

    @Option(names = "--dsl", description = "Also run the baseline on the Streams DSL at each point.")
    private boolean withDsl;

    @Mixin
    private final FiguresFile json = new FiguresFile();

    @Option(
            names = "--svg",
            paramLabel = "DIR",
            description = "Draw each curve to scale-NAME.svg in this directory, which must exist.")
    private @Nullable Path svg;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ScaleOptions options =
                WrongUsage.checked(spec, () -> new ScaleOptions(curves, most, events, warmUp, rounds, withDsl));
        json.check();
        if (svg != null && !Files.isDirectory(svg)) {
            throw WrongUsage.of(spec, "--svg is " + svg + "; it must be a directory that exists.");
        }
        System.setProperty("callweave.kafka-log-level", "OFF");
        ScaleResults results;
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-bench-");
                ScaleBench bench = new ScaleBench(options, directory.path(), new Shown())) {
            results = bench.run();
        }
        ScaleText.print(results, Messages.out(spec));
        return ExitStatus.DONE;
    }

    /** After each point, so that a run that is stopped leaves what it has measured. */
    private void write(ScaleResults results, CurvePoint last) throws IOException {
        json.write(out -> ScaleJson.write(results, out));
        if (svg != null) {
            Curve curve = last.curve();
            try (OutputStream out = Output.to(svg.resolve("scale-" + curve.label() + ".svg"))) {
                out.write(CurvePicture.svg(results.of(curve)).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Hours can pass until the tables are printed. */
    private final class Shown implements ScaleBench.Progress {

        private final PrintWriter messages = Messages.to(spec);

        @Override
        public void preparing(String what) {
            messages.println("preparing " + what);
        }

        @Override
        public void finished(ScaleResults soFar) {
            CurvePoint last = soFar.points().get(soFar.points().size() - 1);
            messages.println(ScaleText.line(last));
            try {
                write(soFar, last);
            } catch (IOException e) {
                throw new LocalException("The results cannot be written: " + e.getMessage() + ".", e);
            }
        }
    }

    /** Curves by the names that reports use. */
    static final class CurveByLabel implements ITypeConverter<Curve> {

        @Override
        public Curve convert(String label) {
            try {
                return Curve.of(label);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
