package io.callweave.bench.competitors.flink;

import io.callweave.bench.competitors.flink.CheckpointedCounts.Subtask;
import io.callweave.bench.dsl.DslTopology;
import io.callweave.bench.dsl.DslWindow;
import io.callweave.bench.dsl.JsonSerde;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.serialization.Serde;

/** The windows of an account. What has changed is emitted once in each interval. */
final class WindowFunction extends CountedFunction<FinishedCall> {

    private static final long serialVersionUID = 1;

    private final long intervalMillis;

    private transient MapState<String, DslWindow> windows;
    private transient MapState<String, Boolean> changed;
    private transient Serde<DslWindow> values;

    WindowFunction(Duration interval) {
        intervalMillis = interval.toMillis();
    }

    @Override
    Subtask register() {
        return CheckpointedCounts.ofWindows();
    }

    @Override
    public void open(OpenContext context) {
        windows = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("windows", Types.STRING, Types.POJO(DslWindow.class)));
        changed = getRuntimeContext().getMapState(new MapStateDescriptor<>("changed", Types.STRING, Types.BOOLEAN));
        values = JsonSerde.of(DslWindow.class);
    }

    @Override
    public void processElement(FinishedCall call, Context context, Collector<Tuple2<String, byte[]>> out)
            throws Exception {
        if (changed.isEmpty()) {
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer(now / intervalMillis * intervalMillis + intervalMillis);
            counts().pending(1);
        }
        for (Duration size : DslTopology.SIZES) {
            long millis = size.toMillis();
            String window = millis + "/" + call.startAt() / millis * millis;
            DslWindow before = windows.get(window);
            windows.put(window, call.addedTo(before == null ? DslWindow.empty() : before));
            changed.put(window, true);
        }
        counts().received();
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<String, byte[]>> out) throws Exception {
        for (String window : changed.keys()) {
            out.collect(Tuple2.of(
                    context.getCurrentKey() + "/" + window, values.serializer().serialize("", windows.get(window))));
        }
        changed.clear();
        counts().pending(-1);
    }
}
