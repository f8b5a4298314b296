package io.callweave.cli.report;

import io.callweave.call.record.CallRecord;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.feedgap.FeedGapException;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.files.LocalException;
import io.callweave.report.CallReport;
import io.callweave.report.page.ReportPage;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The calls of a cluster, as they are on the topic now, and the gaps that are known. */
final class CallTopics {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Settings settings;
    private final PrintWriter messages;

    CallTopics(Settings settings, PrintWriter messages) {
        this.settings = settings;
        this.messages = messages;
    }

    /** @throws LocalException if there is no topic of calls */
    ReportPage.Source read(CallReport report, ProgressLine progress) {
        String prefix = settings.get(KnownSettings.TOPICS_PREFIX);
        String calls = Topic.CALLS.name(prefix);
        String gaps = Topic.FEED_GAPS.name(prefix);
        List<String> missing = ClusterSettings.missing(settings, List.of(calls, gaps), messages);
        if (missing.contains(calls)) {
            throw ClusterSettings.isMissing(calls);
        }
        TopicReader topics = new TopicReader(settings.kafkaClientOptions(), PATIENCE);
        try (NewestRecords newest = new NewestRecords()) {
            topics.readByPartition(calls, read -> {
                progress.count("records looked at");
                if (read.value() != null) {
                    newest.note(read.value());
                }
            });
            topics.readByPartition(calls, read -> {
                progress.count("records read");
                if (read.value() != null) {
                    take(newest, read).ifPresent(report::add);
                }
            });
        }
        if (!missing.contains(gaps)) {
            topics.readByPartition(gaps, read -> addGap(report, read.value()));
        }
        return new ReportPage.Source("the topic " + calls, List.of());
    }

    private static Optional<CallRecord> take(NewestRecords newest, ConsumerRecord<byte[], byte[]> read) {
        try {
            return newest.take(read.value());
        } catch (IllegalArgumentException e) {
            throw new LocalException(
                    "The record at offset %d of %s-%d is no call: %s The command report cannot read topics with topics.envelope=connect."
                            .formatted(read.offset(), read.topic(), read.partition(), e.getMessage()),
                    e);
        }
    }

    private static void addGap(CallReport report, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            FeedGapJson.Span gap = FeedGapJson.read(value);
            report.addFeedGap(gap.accountId(), gap.from(), gap.to());
        } catch (FeedGapException e) {
            // Streams counts such records; a report has nothing to say about them.
            return;
        }
    }
}
