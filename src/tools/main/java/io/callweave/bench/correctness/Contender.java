package io.callweave.bench.correctness;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** What makes calls out of the same notifications, in a process of its own. */
public interface Contender {

    /** The name in reports and in JSON. */
    String label();

    /** Makes what it needs for one delivery: topics, perhaps a database. */
    Trial prepare(TrialSite site);

    /**
     * Where it runs.
     *
     * @param prefix of the topics of this delivery; {@code notifications} is there
     * @param directory for its state
     */
    record TrialSite(Admin admin, String bootstrapServers, String prefix, int partitions, Path directory) {}

    /** A contender with one delivery. */
    interface Trial extends AutoCloseable {

        /**
         * Arguments of {@code java} for a process that goes on where one that was killed has stopped, and ends at the end of the
         * input. The last line that it prints has its CPU seconds and those of its just-in-time compiler, after a word.
         */
        List<String> javaArguments();

        /** The consumer group whose commits tell how far it is. */
        String group();

        /** What it says last of each call. */
        Collection<TrueCall> calls();

        /** CPU seconds of other processes that work for it alone, so far. */
        default double moreCpuSeconds() {
            return 0;
        }

        @Override
        void close();
    }
}
