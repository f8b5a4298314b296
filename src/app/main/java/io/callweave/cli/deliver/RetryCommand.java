package io.callweave.cli.deliver;

import io.callweave.deliver.manage.RetryChoice;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.value.Timestamps;
import io.callweave.verify.CallKeys;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code deliver retry}: what could not be delivered, once more. */
@Command(
        name = "retry",
        description = {
            "Deliver again what could not be delivered, from the topic deliver-dead-letters.",
            "With --keys: the newest record of these calls, whether it was delivered or not.",
            "Webhooks keep their ids. An endpoint that has a newer revision can get an older one."
        },
        footer = {
            "",
            "Examples:",
            "  callweave deliver retry --subscription sub-1f0c2a7e-33aa --since 2026-11-20T00:00:00Z"
                    + " --bootstrap-servers=kafka-1:9092",
            "  callweave deliver retry --keys again.txt --bootstrap-servers=kafka-1:9092"
        })
final class RetryCommand extends SubscriptionCommand {

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

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "The calls whose keys are in this file, as verify writes it.")
    private @Nullable Path keys;

    @Option(names = "--dry-run", description = "Print the ids of the webhooks, and deliver nothing.")
    private boolean dryRun;

    @Override
    void run(SubscriptionManager manager, DeliverTopicAccess topics) {
        if (keys == null) {
            run(manager);
            return;
        }
        if (all || call != null || since != null || until != null) {
            throw wrong("--keys says what to deliver again; beside it there can be --subscription alone.");
        }
        Set<String> wanted = CallKeys.read(keys);
        tell(manager.retry(sink -> topics.newest(wanted, sink), subscription, dryRun, this::id));
    }

    @Override
    void run(SubscriptionManager manager) {
        if (!all && subscription == null && call == null && since == null && until == null) {
            throw wrong("Say what to deliver again: --subscription, --call, --since, --until, --keys or --all.");
        }
        RetryChoice choice =
                new RetryChoice(subscription, call, time(since, Long.MIN_VALUE), time(until, Long.MAX_VALUE));
        tell(manager.retry(choice, dryRun, () -> {}, this::id));
    }

    private void id(String webhook) {
        if (dryRun) {
            data().lines(List.of(webhook));
        }
    }

    private void tell(long count) {
        say(count + (dryRun ? " would be delivered again." : " are delivered again."));
    }

    private long time(@Nullable String text, long none) {
        try {
            return text == null ? none : Timestamps.millis(text);
        } catch (DateTimeException e) {
            throw wrong("A time must be such as 2026-11-20T08:00:00Z.");
        }
    }
}
