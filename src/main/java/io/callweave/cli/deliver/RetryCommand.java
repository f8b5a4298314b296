package io.callweave.cli.deliver;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code deliver retry}: what could not be delivered, once more. */
@Command(
        name = "retry",
        description = {
            "Deliver again what could not be delivered, from the topic deliver-dead-letters.",
            "Webhooks keep their ids. An endpoint that has a newer revision can get an older one."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver retry --subscription sub-1f0c2a7e-33aa --since 2026-11-20T00:00:00Z"
                    + " --bootstrap-servers=kafka-1:9092"
        })
final class RetryCommand implements Callable<Integer> {

    @Option(names = "--subscription", paramLabel = "ID", description = "Only of this subscription.")
    private @Nullable String subscription;

    @Option(names = "--call", paramLabel = "CALLID", description = "Only of this call.")
    private @Nullable String call;

    @Option(names = "--since", paramLabel = "TIME", description = "Only what was given up at or after this time.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only what was given up before this time.")
    private @Nullable String until;

    @Option(names = "--all", description = "Everything that the topic has.")
    private boolean all;

    @Option(names = "--dry-run", description = "Print the ids of the webhooks, and deliver nothing.")
    private boolean dryRun;

    @Mixin
    private SettingsOptions settingsOptions =
            new SettingsOptions(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);

    @Spec
    private @Nullable CommandSpec spec;

    private int count;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        if (!all && subscription == null && call == null && since == null && until == null) {
            throw WrongUsage.of(spec, "Say what to deliver again: --subscription, --call, --since, --until or --all.");
        }
        long from = time(since, Long.MIN_VALUE);
        long to = time(until, Long.MAX_VALUE);
        DeliverTopicAccess topics = DeliverTopicAccess.open(settings, Messages.to(spec));
        Set<String> known = topics.subscriptions().keySet();
        topics.undelivered(read -> {
            if (read.timestamp() >= from && read.timestamp() < to && isMeant(read, known)) {
                count++;
                if (dryRun) {
                    Messages.out(spec).print(Headers.text(read.headers(), DeliveryHeaders.WEBHOOK_ID) + "\n");
                } else {
                    topics.again(read.key(), read.value(), read.headers());
                }
            }
        });
        Messages.out(spec).flush();
        Messages.to(spec)
                .println("callweave: " + count + (dryRun ? " would be delivered again." : " are delivered again."));
        return ExitStatus.DONE;
    }

    /** What a deleted subscription did not get cannot be delivered. */
    private boolean isMeant(ConsumerRecord<byte[], byte[]> read, Set<String> known) {
        String of = Headers.text(read.headers(), DeliveryHeaders.SUBSCRIPTION);
        return of != null
                && known.contains(of)
                && (subscription == null || subscription.equals(of))
                && (call == null || new String(read.key(), StandardCharsets.UTF_8).contains("/" + call));
    }

    private long time(@Nullable String text, long none) {
        try {
            return text == null ? none : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw WrongUsage.of(spec, "A time must be such as 2026-11-20T08:00:00Z.");
        }
    }
}
