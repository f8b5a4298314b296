package io.callweave.cli.deliver;

import io.callweave.cli.common.WrongUsage;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.settings.value.Durations;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What a post of a call waits for. */
public final class WaitOptions {

    @Option(
            names = "--wait-for",
            paramLabel = "KIND",
            split = ",",
            description = {
                "Post a call only when its recordings are ready (recording), when they have an AI summary (insights),",
                "or both; a call without a recording at once."
            })
    private List<String> kinds = List.of();

    @Option(
            names = "--wait-at-most",
            paramLabel = "DURATION",
            description = "How long --wait-for waits after the end of a call (15m); at most 24h.")
    private String atMost = WaitFor.USUAL.toMinutes() + "m";

    List<String> kinds() {
        return kinds;
    }

    /** @throws RuntimeException wrong usage */
    Duration atMost(CommandSpec spec) {
        return Durations.parse(atMost)
                .orElseThrow(() -> WrongUsage.of(spec, "--wait-at-most must be a duration such as 15m."));
    }

    /** What a record waits for; throws an exception that says what is wrong. */
    public WaitFor waitFor(CommandSpec spec) {
        return WrongUsage.checked(spec, () -> WaitFor.of(kinds, atMost(spec)));
    }
}
