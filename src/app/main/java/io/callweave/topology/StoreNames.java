package io.callweave.topology;

import io.callweave.topology.ordering.GapQueue;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.state.Epoch;
import io.callweave.topology.state.EventSlots;
import io.callweave.topology.state.StageStores;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.Watermark;
import io.callweave.topology.windows.CountedCallStore;
import io.callweave.topology.windows.WindowDays;
import io.callweave.topology.windows.WindowNotes;
import io.callweave.topology.windows.WindowStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.StoreBuilder;

/** The state stores of the stage. All hold bytes; the classes named here define the format. */
public final class StoreNames {

    /**
     * The sessions of calls that can still change, their party events, the clock and the epoch: {@link SessionStore}, {@link
     * EventSlots}, {@link GapQueue}, {@link Watermark}, {@link Epoch}.
     */
    public static final String CALLS = "calls";

    /** When to look at a finished call again: {@link DueQueue}. */
    public static final String CALL_DUE = "due";

    /**
     * The figures of windows, and what each call added to them: {@link WindowStore}, {@link CountedCallStore}, {@link
     * WindowNotes}, {@link WindowDays}, {@link DueQueue}.
     */
    public static final String WINDOWS = "windows";

    public static final List<String> ALL = List.of(CALLS, CALL_DUE, WINDOWS);

    private StoreNames() {}

    public static Set<StoreBuilder<?>> stage() {
        return ALL.stream().map(StageStores::new).collect(Collectors.toUnmodifiableSet());
    }
}
