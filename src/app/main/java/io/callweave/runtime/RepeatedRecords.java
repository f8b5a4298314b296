package io.callweave.runtime;

import io.callweave.topology.RecordAttempts.Repeated;
import io.callweave.topology.meter.TopologyMetrics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names a record in the log that is begun again and again, and never committed. */
final class RepeatedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedRecords.class);

    private final String applicationId;
    private final Duration transactionTimeout;
    private final TopologyMetrics metrics;

    /** @param transactionTimeout a step that takes longer is never committed */
    RepeatedRecords(String applicationId, Duration transactionTimeout, TopologyMetrics metrics) {
        this.applicationId = applicationId;
        this.transactionTimeout = transactionTimeout;
        this.metrics = metrics;
    }

    void report(Repeated repeated) {
        if (repeated.spent().compareTo(transactionTimeout) < 0) {
            // No record is at fault: the group was redistributed, or brokers failed, before anything was committed.
            LOG.atInfo()
                    .setMessage(
                            "The same work was begun several times, because nothing was committed in between. If this is"
                                    + " said again and again, look at the brokers.")
                    .addKeyValue("partition", repeated.partition())
                    .addKeyValue("begunTimes", repeated.attempts())
                    .log();
            return;
        }
        metrics.recordRepeated();
        LOG.atError()
                .setMessage(
                        "A record was begun several times and never committed. If the brokers are healthy, it takes too"
                                + " long; print it with kafka-console-consumer.sh, and report it. To skip it, stop all instances"
                                + " and run the command \"skip\".")
                .addKeyValue("topic", repeated.partition().topic())
                .addKeyValue("partition", repeated.partition().partition())
                .addKeyValue("offset", repeated.slowest())
                .addKeyValue("lastAttemptMs", repeated.spent().toMillis())
                .addKeyValue("begunTimes", repeated.attempts())
                .addKeyValue("firstUncommittedOffset", repeated.first())
                .addKeyValue(
                        "skip",
                        "kafka-consumer-groups.sh --bootstrap-server … --group " + applicationId + " --topic "
                                + repeated.partition().topic() + ":"
                                + repeated.partition().partition() + " --reset-offsets --to-offset "
                                + (repeated.slowest() + 1) + " --execute")
                .log();
    }
}
