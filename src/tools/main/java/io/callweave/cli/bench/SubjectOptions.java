package io.callweave.cli.bench;

import io.callweave.bench.subject.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which subjects run. */
final class SubjectOptions {

    @Option(
            names = "--subjects",
            paramLabel = "NAME",
            split = ",",
            description = {
                "Run only these, separated by commas (all): callweave, callweave-account.",
                "Among the sources, \"bench competitors\" has more: dsl, flink-heap, flink-rocksdb, postgresql-calls,"
                        + " postgresql-all."
            })
    private @Nullable List<String> labels;

    /** @throws IllegalArgumentException if there is none with such a name */
    List<Subject> chosen() {
        return Subject.together(labels == null ? Subject.all() : Subject.of(labels));
    }
}
