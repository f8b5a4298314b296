package io.callweave.bench.competitors;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a subject runs.
 *
 * @param input the topic that it reads
 * @param prefix of the topics that it writes
 * @param group its consumer group
 * @param directory for its state
 * @param lateWindow how long Callweave keeps a settled call, in milliseconds
 * @param jdbcUrl of its database; empty if it has none
 */
public record CompetitorSite(
        Competitor competitor,
        String input,
        String prefix,
        String group,
        String bootstrapServers,
        int partitions,
        int threads,
        Path directory,
        long lateWindow,
        String jdbcUrl) {

    /** The arguments of a process; {@link #of} reads them. */
    List<String> arguments() {
        return List.of(
                competitor.label(),
                input,
                prefix,
                group,
                bootstrapServers,
                Integer.toString(partitions),
                Integer.toString(threads),
                directory.toString(),
                Long.toString(lateWindow),
                jdbcUrl);
    }

    static CompetitorSite of(String... arguments) {
        int next = 0;
        return new CompetitorSite(
                Competitor.of(arguments[next++]).orElseThrow(),
                arguments[next++],
                arguments[next++],
                arguments[next++],
                arguments[next++],
                Integer.parseInt(arguments[next++]),
                Integer.parseInt(arguments[next++]),
                Path.of(arguments[next++]),
                Long.parseLong(arguments[next++]),
                arguments[next]);
    }
}
