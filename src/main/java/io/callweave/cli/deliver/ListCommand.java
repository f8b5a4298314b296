package io.callweave.cli.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.deliver.EventType;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code deliver subscriptions list}. */
@Command(
        name = "list",
        description = "Print the subscriptions; of their endpoints the host alone, and no secrets.",
        footer = {"", "Examples:", "  callweave deliver subscriptions list --bootstrap-servers=kafka-1:9092"})
final class ListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "Print JSON: an array of subscriptions with their filters.")
    private boolean json;

    @Mixin
    private SettingsOptions settingsOptions =
            new SettingsOptions(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        Collection<WebhookSubscription> all = DeliverTopicAccess.open(settings, Messages.to(spec))
                .subscriptions()
                .values();
        if (json) {
            Messages.dataTo(spec)
                    .json(all.stream()
                            .map(each -> JSON.convertValue(
                                    SubscriptionJson.shown(each), new TypeReference<Map<String, Object>>() {}))
                            .toList());
            return ExitStatus.DONE;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("subscription", "state", "account", "endpoint", "events"));
        all.forEach(each -> rows.add(List.of(
                each.id(),
                each.state().wireName(),
                each.account(),
                each.host(),
                each.events().stream().map(EventType::wireName).sorted().collect(Collectors.joining(" ")))));
        Messages.dataTo(spec).table(rows);
        return ExitStatus.DONE;
    }
}
