package io.callweave.topology;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.notification.EnvelopeIds;
import io.callweave.notification.Rejection;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topology.message.DeadLetters;
import io.callweave.topology.message.OutputHeaders;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.CommitSchedule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Gives each output of the stage to its sink, with its headers, and counts it. */
final class StageSinks {

    private final ProcessorContext<byte[], StageOutput> context;
    private final OutputHeaders headers;
    private final String topicPrefix;
    private final TopologyMetrics metrics;
    private final CommitSchedule commits;

    StageSinks(
            ProcessorContext<byte[], StageOutput> context,
            OutputHeaders headers,
            String topicPrefix,
            TopologyMetrics metrics,
            CommitSchedule commits) {
        this.context = context;
        this.headers = headers;
        this.topicPrefix = topicPrefix;
        this.metrics = metrics;
        this.commits = commits;
    }

    /** Sends what has come out of a step; then there is something to commit. */
    void forward(List<StageOutput> outputs) {
        if (!outputs.isEmpty()) {
            commits.worked();
        }
        for (StageOutput output : outputs) {
            if (output instanceof StageOutput.Unplaced unplaced) {
                reject(unplaced.notice(), unplaced.known(), Rejection.noSession());
                continue;
            }
            if (!(output instanceof StageOutput.OfAccount one)) {
                throw new IllegalStateException("No sink is known for " + output.getClass());
            }
            RecordHeaders all = headers.of(one);
            if (one instanceof StageOutput.CallEmission call && call.feedGap() != null) {
                // In a header, because a value depends on nothing but its events.
                all.add(Headers.text(Headers.FEED_GAP, call.feedGap()));
            }
            if (one instanceof StageOutput.CallEmission call && call.artifactsOnly()) {
                all.add(Headers.artifactsChanged());
            }
            // The wall time of emission: with the input's, records of a replay would be deleted as they are written.
            context.forward(
                    new Record<>(
                            one.key().getBytes(StandardCharsets.UTF_8), output, context.currentSystemTimeMs(), all),
                    CallweaveTopology.sink(one.topic()));
            count(one);
        }
    }

    private void count(StageOutput.OfAccount output) {
        if (output instanceof StageOutput.OrderedEvent event) {
            if (event.afterGap()) {
                metrics.gapGivenUp();
            }
            if (event.late()) {
                metrics.late();
            }
        } else if (output instanceof StageOutput.CallEmission call) {
            count(call);
        } else if (output instanceof StageOutput.WindowUpdate update) {
            metrics.windowUpdated(update.window().scope());
        }
    }

    private void count(StageOutput.CallEmission emission) {
        CallRecord call = emission.call();
        TopologyMetrics.Emitted status = TopologyMetrics.Emitted.SUPERSEDED;
        if (call != null) {
            status = call.isBackfilled()
                    ? TopologyMetrics.Emitted.BACKFILLED
                    : call.state() == CallRecord.State.COMPLETE
                            ? TopologyMetrics.Emitted.COMPLETE
                            : TopologyMetrics.Emitted.PARTIAL;
        }
        metrics.emitted(status, emission.reason(), emission.lastReceivedAt(), context.currentSystemTimeMs());
        if (call != null && call.incomplete().contains(Incomplete.CAPPED)) {
            metrics.capped();
        }
        if (emission.feedGap() != null) {
            metrics.emittedWithFeedGap();
        }
    }

    /**
     * Sends a notification to the dead letters.
     *
     * @param known of it: the account, else that of its header, and the key, if it has none
     */
    void reject(RepartitionMessage.Routed routed, EnvelopeIds known, Rejection rejection) {
        metrics.rejected(rejection.reason());
        String sent = routed.sentSource();
        String account = known.account();
        context.forward(
                DeadLetters.of(
                        account != null ? account : routed.headerAccount(),
                        routed.key() != null ? routed.key() : DeadLetters.key(known),
                        routed.value(),
                        rejection.reason(),
                        rejection.detail(),
                        sent != null ? sent : original(routed),
                        context.currentSystemTimeMs()),
                CallweaveTopology.UNUSABLE);
    }

    private String original(RepartitionMessage.Routed routed) {
        return new TopicPartition(Topic.NOTIFICATIONS.name(topicPrefix), routed.sourcePartition()) + "@"
                + routed.offset();
    }
}
