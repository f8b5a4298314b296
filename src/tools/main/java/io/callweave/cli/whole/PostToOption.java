package io.callweave.cli.whole;

import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.deliver.DeliverTopicAccess;
import io.callweave.deliver.EventType;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --post-to} of commands that bring the whole product: complete calls as webhooks, without further configuration. */
public final class PostToOption {

    private static final String ID = "post-to";
    private static final String VARIABLE = SecretSource.VARIABLE_PREFIX + "POST_TO";

    /** A user who types an address can reach it anyway. */
    private static final String EVERYWHERE = "0.0.0.0/0,::/0";

    @Option(
            names = "--post-to",
            paramLabel = "URL",
            description = "Post each complete call to this URL, as a signed webhook.")
    private @Nullable String url;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Refuses what is no URL.
     *
     * @throws RuntimeException wrong usage
     */
    public void check() {
        String given = url;
        if (given != null) {
            var unused = subscription(given);
        }
    }

    /** Starts to post, if it is asked for, and says with which secret. */
    public void start(EmbeddedStack product, PrintWriter messages) {
        String given = url;
        if (given == null) {
            return;
        }
        Settings settings = product.settingsBeside(Map.of(KnownSettings.DELIVER_ALLOWED_NETWORKS.name(), EVERYWHERE));
        String secret = SecretSource.generate();
        try (DeliverTopicAccess topics = DeliverTopicAccess.ofCommand(settings, messages)) {
            topics.put(subscription(given));
        }
        var unused =
                product.add(DeliverRole.start(DeliverOptions.of(settings, Map.of(VARIABLE, secret), Optional.empty())));
        messages.println("callweave: each complete call is posted to " + given + ", signed with the secret " + secret);
    }

    private WebhookSubscription subscription(String given) {
        try {
            return new WebhookSubscription(
                    ID,
                    URI.create(given),
                    WebhookSubscription.EVERY_ACCOUNT,
                    EventType.RECORDS,
                    CallFilter.ALL,
                    BodyShape.RECORD,
                    List.of(),
                    List.of(new SigningSecret("env:" + VARIABLE, null)),
                    SubscriptionState.ACTIVE,
                    "",
                    0,
                    0);
        } catch (IllegalArgumentException e) {
            throw WrongUsage.of(spec, "--post-to must be a URL such as http://127.0.0.1:8000/calls.");
        }
    }
}
