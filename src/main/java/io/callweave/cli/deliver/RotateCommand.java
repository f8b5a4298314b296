package io.callweave.cli.deliver;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.DeliverSettings;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code deliver subscriptions rotate}. */
@Command(
        name = "rotate",
        description = {
            "Give a subscription a new secret, and print it. It is shown only now.",
            "Until the old one ends, each webhook has a signature of both."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver subscriptions rotate sub-1f0c2a7e-33aa --overlap 48h --bootstrap-servers=kafka-1:9092"
                    + " --deliver-key-file=keys"
        })
final class RotateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SUBSCRIPTION", description = "The id of the subscription.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            description = "How long the old secret signs too (default 24h).")
    private String overlap = "24h";

    @Option(names = "--secret", paramLabel = "REFERENCE", description = "Where the new secret is; as for create.")
    private @Nullable String secret;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
            KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX, KnownSettings.DELIVER_KEY_FILE);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        Duration both = Durations.parse(overlap)
                .orElseThrow(() -> WrongUsage.of(spec, "--overlap must be a duration such as 24h."));
        NewSecret signing = NewSecret.of(secret, DeliverSettings.keys(settings), id);
        DeliverTopicAccess topics = DeliverTopicAccess.open(settings, Messages.to(spec));
        WebhookSubscription subscription = topics.subscription(id);
        long now = System.currentTimeMillis();
        List<SigningSecret> secrets = new ArrayList<>(List.of(signing.stored()));
        subscription.secrets().stream()
                .filter(old -> old.signs(now))
                .map(old -> new SigningSecret(old.stored(), end(old, now + both.toMillis())))
                .forEach(secrets::add);
        topics.put(subscription.with(secrets));
        signing.shown().ifPresent(shown -> Messages.dataTo(spec).lines(List.of(shown)));
        Messages.to(spec)
                .println("callweave: The subscription has a new secret; the old one signs too for " + overlap + ".");
        return ExitStatus.DONE;
    }

    private static long end(SigningSecret old, long until) {
        Long before = old.until();
        return before == null ? until : Math.min(before, until);
    }
}
