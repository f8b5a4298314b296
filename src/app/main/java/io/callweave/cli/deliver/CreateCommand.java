package io.callweave.cli.deliver;

import io.callweave.cli.common.DataLines;
import io.callweave.deliver.manage.SubscriptionDraft;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.subscription.BodyShape;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.settings.KnownSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
final class CreateCommand extends SubscriptionCommand {

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
                "Which events (default: call.completed, call.backfilled, call.updated and call.superseded).",
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

    @Mixin
    private WaitOptions wait = new WaitOptions();

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

    CreateCommand() {
        super(KnownSettings.DELIVER_KEY_FILE);
    }

    @Override
    void run(SubscriptionManager manager) {
        long talk = duration("--min-talk", minTalk, "30s").toMillis();
        CallFilter filter = new CallFilter(directions, results, queues, extensions, numbers, talk);
        SubscriptionDraft draft = new SubscriptionDraft(
                url, account, events, filter, shape, fields, wait.kinds(), wait.atMost(spec()), secret, !noTest);
        SubscriptionManager.Created created = manager.create(draft);
        String id = created.subscription().id();
        if (json) {
            data().json(List.of(
                    DataLines.element("id", id, "secret", created.secret().orElse(null))));
            return;
        }
        List<String> lines = new ArrayList<>(List.of(id));
        created.secret().ifPresent(lines::add);
        data().lines(lines);
        say("The subscription is created."
                + (created.secret().isPresent() ? " The second line is its secret, which is not shown again." : "")
                + (noTest ? "" : " Calls follow when its endpoint has answered a test."));
    }
}
