package io.callweave.bench.competitors.flink;

import io.callweave.bench.competitors.flink.CheckpointedCounts.Subtask;
import java.util.Objects;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.jspecify.annotations.Nullable;

/** A keyed function that tells {@link CheckpointedCounts} how far it is. */
abstract class CountedFunction<I> extends KeyedProcessFunction<String, I, Tuple2<String, byte[]>>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1;

    private transient @Nullable Subtask counts;

    /** Called once when the function starts. */
    abstract Subtask register();

    final Subtask counts() {
        return Objects.requireNonNull(counts);
    }

    @Override
    public final void initializeState(FunctionInitializationContext context) {
        counts = register();
    }

    @Override
    public final void snapshotState(FunctionSnapshotContext context) {
        counts().snapshot(context.getCheckpointId());
    }

    @Override
    public final void notifyCheckpointComplete(long checkpoint) {
        counts().completed(checkpoint);
    }
}
