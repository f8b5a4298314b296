package io.callweave.cli.simulate;

import io.callweave.cli.common.WrongUsage;
import io.callweave.settings.value.Durations;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.QueueMix;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that decide which calls there are, and how their notifications arrive. */
final class TrafficFlags {

    private static final String NOW = "now";
    private static final String MONDAY = "2026-03-02T09:00:00Z";

    @Option(names = "--seats", paramLabel = "N", defaultValue = "20", description = "Agents in each centre (20).")
    private int seats;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1",
            description = "Contact centres, each an account of its own (1).")
    private int accounts;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides everything: the same seed and size give the same bytes (1).")
    private long seed;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "When the first call may begin: ISO-8601 with zone, or now (2026-03-02T09:00:00Z, a Monday;"
                    + " with --platform now, and busy).")
    private @Nullable String from;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "The period in which calls begin, such as 30m or 24h (1h); each runs to its end.")
    private String span = "";

    @Option(
            names = "--deliver",
            paramLabel = "FAULTS",
            description = "How badly they arrive, such as shuffled=5s,duplicated=5%%,dropped=1%%,late=0.1%%.")
    private @Nullable String deliver;

    @Option(
            names = "--queues",
            paramLabel = "MIX",
            description =
                    "How RingCentral shows call queues, as shares of calls, such as members=60,answered=40 (all forms).")
    private @Nullable String queues;

    @Option(
            names = "--artifacts",
            description = "Also send voicemail and AI insights of these calls, and have their recordings ready.")
    private boolean artifacts;

    long seed() {
        return seed;
    }

    DeliveryFaults faults(CommandSpec spec) {
        return WrongUsage.checked(spec, () -> deliver == null ? DeliveryFaults.NONE : DeliveryFaults.parse(deliver));
    }

    /**
     * The traffic.
     *
     * @param live whether it begins now unless an option says otherwise, and all of it arrives: a platform loses
     *     notifications on their way to a subscription
     */
    Traffic traffic(CommandSpec spec, boolean live) {
        DeliveryFaults faults = live ? DeliveryFaults.NONE : faults(spec);
        return WrongUsage.checked(
                spec,
                () -> new Traffic(
                        new CentreSize(
                                seed,
                                accounts,
                                seats,
                                start(spec, live),
                                duration(spec),
                                // Who tries it at night wants calls, too.
                                live && from == null,
                                queues == null ? QueueMix.DEFAULT : QueueMix.parse(queues)),
                        faults,
                        !artifacts ? ArtifactMix.NONE : live && isFromNow() ? ArtifactMix.LIVE : ArtifactMix.DEFAULT));
    }

    /** Whether live traffic begins at this moment. */
    boolean isFromNow() {
        return from == null || from.equals(NOW);
    }

    private Instant start(CommandSpec spec, boolean live) {
        String text = from != null ? from : live ? NOW : MONDAY;
        try {
            Instant time = text.equals(NOW)
                    ? Instant.now()
                    : OffsetDateTime.parse(text).toInstant();
            return time.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException e) {
            throw WrongUsage.of(spec, "--from is \"" + text + "\"; it must be like 2026-03-02T09:00Z, or now.");
        }
    }

    private Duration duration(CommandSpec spec) {
        return Durations.parse(span)
                .orElseThrow(() -> WrongUsage.of(spec, "--for is \"" + span + "\"; it must be like 10m or 24h."));
    }
}
