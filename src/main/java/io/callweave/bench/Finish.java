package io.callweave.bench;

import io.callweave.local.LocalException;
import io.callweave.topology.TopologyConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows when all partitions of stage 2 have worked off what was received before the run began. */
final class Finish implements TopologyConfig.Listener {

    private final int partitions;
    private final long inputEnd;
    private final Map<Integer, Boolean> finished = new ConcurrentHashMap<>();
    private volatile @Nullable Throwable failure;

    Finish(int partitions, long inputEnd) {
        this.partitions = partitions;
        this.inputEnd = inputEnd;
    }

    @Override
    public void caughtUp(int partition, long now) {
        if (now >= inputEnd) {
            finished.put(partition, true);
        }
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    boolean isReached() {
        Throwable cause = failure;
        if (cause != null) {
            throw new LocalException("The topology failed: " + cause + ".", cause);
        }
        return finished.size() == partitions;
    }
}
