package io.callweave.cli.deliver;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.DeliverSettings;
import io.callweave.deliver.EventType;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code deliver subscriptions create}. */
@Command(
        name = "create",
        description = {
            "Create a subscription, and print its id and its secret. The secret is shown only now.",
            "A running deliverer posts a test; when the endpoint answers 2xx, calls follow."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver subscriptions create https://crm.example.com/calls --account 809646016 --result Missed"
                    + " --bootstrap-servers=kafka-1:9092 --deliver-key-file=keys"
        })
final class CreateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "URL", description = "The endpoint.")
    private String url = "";

    @Option(
            names = "--account",
            paramLabel = "ID",
            required = true,
            description = "The account of which it gets calls, or * for all.")
    private String account = "";

    @Option(
            names = "--event",
            paramLabel = "TYPE",
            split = ",",
            description = {
                "Which events (default: call.completed, call.updated and call.superseded).",
                "Also call.started, call.answered and party.status; can be repeated."
            })
    private List<String> events = new ArrayList<>();

    @Option(names = "--direction", paramLabel = "WORD", split = ",", description = "Only Inbound or Outbound calls.")
    private Set<String> directions = Set.of();

    @Option(names = "--result", paramLabel = "WORD", split = ",", description = "Only calls with these results.")
    private Set<String> results = Set.of();

    @Option(names = "--queue", paramLabel = "ID", split = ",", description = "Only calls in these queues.")
    private Set<String> queues = Set.of();

    @Option(names = "--extension", paramLabel = "ID", split = ",", description = "Only calls of these extensions.")
    private Set<String> extensions = Set.of();

    @Option(
            names = "--number",
            paramLabel = "NUMBER",
            split = ",",
            description = "Only calls with numbers that begin like this.")
    private Set<String> numbers = Set.of();

    @Option(
            names = "--min-talk",
            paramLabel = "DURATION",
            description = "Only calls with at least this much talk time, such as 30s.")
    private String minTalk = "0s";

    @Option(names = "--shape", paramLabel = "SHAPE", description = "Which fields: record (default) or call-log.")
    private String shape = BodyShape.RECORD.wireName();

    @Option(
            names = "--field",
            paramLabel = "NAME",
            split = ",",
            description = "Only these fields of the record; can be repeated.")
    private List<String> fields = List.of();

    @Option(
            names = "--secret",
            paramLabel = "REFERENCE",
            description = {
                "Where the secret is (a new one, encrypted with deliver.key-file).",
                "Either env:WEBHOOK_SECRET_NAME or file:NAME."
            })
    private @Nullable String secret;

    @Option(names = "--no-test", description = "Post calls at once, without a successful test before.")
    private boolean noTest;

    @Option(names = "--json", description = "Print JSON: an array of one {id, secret}.")
    private boolean json;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
            KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX, KnownSettings.DELIVER_KEY_FILE);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        String id = "sub-" + UUID.randomUUID().toString().substring(0, 13);
        NewSecret signing = NewSecret.of(secret, DeliverSettings.keys(settings), id);
        long now = System.currentTimeMillis();
        WebhookSubscription subscription = subscription(id, signing, now);
        DeliverTopicAccess topics = DeliverTopicAccess.open(settings, Messages.to(spec));
        topics.put(subscription);
        topics.test(id, now);
        print(id, signing);
        return ExitStatus.DONE;
    }

    private WebhookSubscription subscription(String id, NewSecret signing, long now) {
        try {
            return new WebhookSubscription(
                    id,
                    new URI(url),
                    account,
                    types(),
                    new CallFilter(directions, results, queues, extensions, numbers, minTalkMs()),
                    BodyShape.of(shape).orElseThrow(() -> WrongUsage.of(spec, "--shape must be record or call-log.")),
                    fields,
                    List.of(signing.stored()),
                    noTest ? SubscriptionState.ACTIVE : SubscriptionState.UNVERIFIED,
                    "",
                    now,
                    now);
        } catch (IllegalArgumentException e) {
            throw WrongUsage.of(spec, String.valueOf(e.getMessage()));
        } catch (URISyntaxException e) {
            throw WrongUsage.of(spec, "The endpoint must be a URL such as https://example.com/calls.");
        }
    }

    private Set<EventType> types() {
        if (events.isEmpty()) {
            return EventType.RECORDS;
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : events) {
            types.add(EventType.of(name)
                    .filter(EventType.selectable()::contains)
                    .orElseThrow(() -> WrongUsage.of(
                            spec,
                            "--event must be one of "
                                    + EventType.selectable().stream()
                                            .map(EventType::wireName)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        return types;
    }

    private long minTalkMs() {
        return Durations.parse(minTalk)
                .map(Duration::toMillis)
                .orElseThrow(() -> WrongUsage.of(spec, "--min-talk must be a duration such as 30s."));
    }

    private void print(String id, NewSecret signing) {
        if (json) {
            Messages.dataTo(spec)
                    .json(List.of(DataLines.element(
                            "id", id, "secret", signing.shown().orElse(null))));
            return;
        }
        List<String> lines = new ArrayList<>(List.of(id));
        signing.shown().ifPresent(lines::add);
        Messages.dataTo(spec).lines(lines);
        Messages.to(spec)
                .println("callweave: The subscription is created."
                        + (signing.shown().isPresent()
                                ? " The second line is its secret, which is not shown again."
                                : "")
                        + (noTest ? "" : " Calls follow when its endpoint has answered a test."));
    }
}
