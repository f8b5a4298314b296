package io.callweave.cli.subscribe;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.ringcentral.doctor.Finding;
import io.callweave.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code subscribe doctor}: says what is wrong and what to do. */
@Command(
        name = "doctor",
        description = {
            "Say what is wrong with the subscriptions of each account, and what to do.",
            "Looks at credentials, permissions, the address, the token, filters, expiry, blacklisting and strays. Changes"
                    + " nothing. The exit status is 1 if notifications are lost."
        },
        footer = {"", "Examples:", "  callweave subscribe doctor --bridge-accounts-file=accounts.properties"})
final class SubscribeDoctorCommand extends SubscribeBase {

    @Option(names = "--json", description = "Print JSON: an array of {account, weight, sentence, advice}.")
    private boolean json;

    @Override
    protected int run(Settings settings) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        List<Map<String, @Nullable Object>> elements = new ArrayList<>();
        List<Finding> all = new ArrayList<>();
        int status = forEach(settings, subscriber -> {
            lines.add(subscriber.name() + ":");
            for (Finding finding : Examination.of(subscriber)) {
                all.add(finding);
                lines.add("  " + weight(finding) + ": " + finding.sentence());
                if (!finding.advice().isEmpty()) {
                    lines.add("    " + finding.advice());
                }
                elements.add(DataLines.element(
                        "account", subscriber.account(),
                        "weight", weight(finding),
                        "sentence", finding.sentence(),
                        "advice", finding.advice()));
            }
        });
        if (json) {
            data().json(elements);
        } else {
            Messages.sentences(spec(), lines);
        }
        return all.stream().anyMatch(finding -> finding.weight() == Finding.Weight.PROBLEM)
                ? ExitStatus.FAILED
                : status;
    }

    private static String weight(Finding finding) {
        return finding.weight().name().toLowerCase(Locale.ROOT);
    }
}
