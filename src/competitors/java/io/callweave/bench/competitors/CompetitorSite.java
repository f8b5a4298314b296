package io.callweave.bench.competitors;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a subject runs.
 *
 * @param directory for its state
 * @param lateWindow how long Callweave keeps a settled call, in milliseconds
 * @param jdbcUrl of its database; empty if it has none
 */
public record CompetitorSite(
        Competitor competitor,
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
                bootstrapServers,
                Integer.toString(partitions),
                Integer.toString(threads),
                directory.toString(),
                Long.toString(lateWindow),
                jdbcUrl);
    }

    static CompetitorSite of(String... arguments) {
        return new CompetitorSite(
                Competitor.of(arguments[0]).orElseThrow(),
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Path.of(arguments[4]),
                Long.parseLong(arguments[5]),
                arguments[6]);
    }
}
