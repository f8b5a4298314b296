package io.callweave.cli.whole;

import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.deliver.DeliverTopicAccess;
import io.callweave.deliver.EventType;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.activity.EndpointFigures;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
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
            description = {
                "Post each complete call to this URL, as a signed webhook. The secret is that of the environment"
                        + " variable WEBHOOK_SECRET; without it, one in the data directory."
            })
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
            var unused = subscription(given, WaitFor.NOTHING);
            PostSecret.check(System.getenv(PostSecret.VARIABLE));
        }
    }

    /**
     * Starts to post, if it is asked for, and says with which secret.
     *
     * @param directory of the command's data
     * @param wait what a record waits for
     * @return tells how it goes
     */
    public PostedCalls start(EmbeddedStack product, Path directory, WaitFor wait, PrintWriter messages) {
        String given = url;
        if (given == null) {
            return PostedCalls.NONE;
        }
        Settings settings = product.settingsBeside(Map.of(KnownSettings.DELIVER_ALLOWED_NETWORKS.name(), EVERYWHERE));
        PostSecret secret = PostSecret.of(System.getenv(PostSecret.VARIABLE), directory);
        WebhookSubscription subscription = subscription(given, wait);
        try (DeliverTopicAccess topics = DeliverTopicAccess.ofCommand(settings, messages)) {
            topics.put(subscription);
        }
        DeliverActivity activity = product.add(DeliverRole.start(
                        DeliverOptions.of(settings, Map.of(VARIABLE, secret.text()), Optional.empty())))
                .activity();
        messages.println(
                "callweave: each complete call is posted to " + given + ", signed with " + secret.inWords() + ".");
        return new PostedCalls(subscription.host(), () -> state(activity), System::nanoTime);
    }

    private static PostedCalls.State state(DeliverActivity activity) {
        EndpointFigures.Snapshot figures = activity.figures(ID).snapshot();
        return new PostedCalls.State(
                figures.isFailing(),
                figures.last(),
                activity.backlog(ID).waiting(),
                activity.subscriptions().stream()
                        .anyMatch(each -> each.id().equals(ID) && each.state() == SubscriptionState.SUSPENDED));
    }

    private WebhookSubscription subscription(String given, WaitFor wait) {
        try {
            return new WebhookSubscription(
                    ID,
                    URI.create(given),
                    WebhookSubscription.EVERY_ACCOUNT,
                    EventType.RECORDS,
                    CallFilter.ALL,
                    BodyShape.RECORD,
                    List.of(),
                    wait,
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
