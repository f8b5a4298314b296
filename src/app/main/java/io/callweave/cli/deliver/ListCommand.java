package io.callweave.cli.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.deliver.EventType;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code deliver subscriptions list}. */
@Command(
        name = "list",
        description = "Print the subscriptions; of their endpoints the host alone, and no secrets.",
        footer = {"", "Examples:", "  callweave deliver subscriptions list --bootstrap-servers=kafka-1:9092"})
final class ListCommand extends SubscriptionCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "Print JSON: an array of subscriptions with their filters.")
    private boolean json;

    @Override
    void run(SubscriptionManager manager) {
        Collection<WebhookSubscription> all = manager.list();
        if (json) {
            data().json(all.stream()
                    .map(each -> JSON.convertValue(
                            SubscriptionJson.shown(each), new TypeReference<Map<String, Object>>() {}))
                    .toList());
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("subscription", "state", "account", "endpoint", "events"));
        all.forEach(each -> rows.add(List.of(
                each.id(),
                each.state().wireName(),
                each.account(),
                each.host(),
                each.events().stream().map(EventType::wireName).sorted().collect(Collectors.joining(" ")))));
        data().table(rows);
    }
}
