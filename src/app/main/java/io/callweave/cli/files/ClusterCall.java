package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccountScope;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.deliver.DeliverTopicAccess;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.deliver.EventType;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.Undelivered;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.queue.OccurrenceReader;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.explain.TopicEvidence;
import io.callweave.explain.TopicsSection;
import io.callweave.files.LocalException;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Unauthorized;
import io.callweave.topology.windows.WindowOptions;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call that is on the topics of a cluster, for {@code explain}. */
final class ClusterCall {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Settings settings;
    private final PrintWriter messages;
    private final String prefix;

    /** @throws LocalException if the cluster has no calls */
    ClusterCall(Settings settings, PrintWriter messages) {
        this.settings = settings;
        this.messages = messages;
        prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        ClusterCommand.quietenKafka();
        ClusterSettings.needTopics(
                settings, List.of(Topic.NOTIFICATIONS.name(prefix), Topic.CALLS.name(prefix)), messages);
    }

    TopicEvidence find(String call, @Nullable String account, TopicEvidence.Periods periods) throws IOException {
        ProgressLine line = ProgressLine.to(messages);
        try {
            return TopicEvidence.find(
                    new TopicReader(settings.kafkaClientOptions(), PATIENCE),
                    prefix,
                    call,
                    account,
                    periods,
                    (what, done, total) -> line.bar(done, total, what));
        } finally {
            line.clear();
        }
    }

    /** Whether nobody may see one of its records or notifications. */
    boolean isExcluded(TopicEvidence evidence, @Nullable String account) {
        var rules = settings.get(KnownSettings.PRIVACY_EXCLUDE);
        return evidence.records().stream().anyMatch(record -> rules.excludes(record.json()))
                || evidence.lines().stream().anyMatch(line -> rules.excludes(account, line.value()));
    }

    /** What became of it on the cluster, as text. */
    String section(TopicEvidence evidence) {
        return TopicsSection.of(evidence, WindowOptions.of(settings).rules(), permittedWebhooks(evidence));
    }

    /** Nothing of webhooks is needed to explain a call. */
    private List<String> permittedWebhooks(TopicEvidence evidence) {
        try {
            String deadLetters = new DeliverTopics(prefix).deadLetters();
            boolean isThere = ClusterSettings.missing(settings, List.of(deadLetters), messages)
                    .isEmpty();
            return isThere ? webhooks(evidence) : List.of();
        } catch (OperationsException | SubscriptionException e) {
            if (!Unauthorized.is(e)) {
                throw e;
            }
            messages.println("callweave: The webhooks of the call are left out: " + e.getMessage());
            return List.of();
        }
    }

    /** A sentence for each subscription that gets one of its records, and what it could not be given. */
    private List<String> webhooks(TopicEvidence evidence) {
        List<String> sentences = new ArrayList<>();
        try (DeliverTopicAccess deliver = DeliverTopicAccess.ofCommand(settings, messages)) {
            List<Undelivered> lost = new ArrayList<>();
            deliver.undelivered(Set.of(AccountScope.EVERY_ACCOUNT), letter -> {
                if (evidence.records().stream()
                        .anyMatch(each -> letter.isOf(each.json().path("callId").asText()))) {
                    lost.add(letter);
                }
            });
            for (WebhookSubscription subscription : deliver.all().values()) {
                List<String> revisions = evidence.records().stream()
                        .filter(each -> gets(subscription, each))
                        .map(each -> each.json().path("revision").asText())
                        .toList();
                if (!revisions.isEmpty()) {
                    String failed = lost.stream()
                            .filter(letter -> subscription.id().equals(letter.subscription()))
                            .map(letter -> letter.webhookId() + " was given up at " + Timestamps.iso(letter.time()))
                            .reduce((one, other) -> one + ", " + other)
                            .orElse("none was given up");
                    sentences.add("The webhook " + subscription.id() + " to "
                            + subscription.url().getHost() + " gets revision " + String.join(", ", revisions) + "; "
                            + failed + ".");
                }
            }
        }
        return sentences;
    }

    private static boolean gets(WebhookSubscription subscription, TopicEvidence.Emitted record) {
        JsonNode call = record.json();
        EventType type = OccurrenceReader.typeOf(call, record.reason());
        return subscription.created() <= record.time()
                && subscription.concerns(call.path("accountId").asText())
                && subscription.events().contains(type)
                && subscription.filter().matches(type, call);
    }
}
