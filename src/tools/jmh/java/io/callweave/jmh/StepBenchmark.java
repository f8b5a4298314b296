package io.callweave.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.metrics.WindowRules;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.RoutingResult;
import io.callweave.record.CallRecordJson;
import io.callweave.record.PartyEventJson;
import io.callweave.record.WindowJson;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.PartyEventCodec;
import io.callweave.topology.state.Texts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The steps that every notification and every call goes through, one by one, beside Jackson's tree as the baseline. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {

    private static final int BUFFER = 4_096;

    private final Samples samples = new Samples();
    private final ObjectMapper jackson = new ObjectMapper();
    private final NotificationReader reader = new NotificationReader();
    private final NotificationKeyer keyer = new NotificationKeyer();
    private final BinaryWriter out = new BinaryWriter(BUFFER);
    private int next;

    private <T> T one(List<T> all) {
        next = next + 1 < all.size() ? next + 1 : 0;
        return all.get(Math.min(next, all.size() - 1));
    }

    /** What the others are compared with: a notification as a tree. */
    @Benchmark
    public JsonNode jacksonTree() throws IOException {
        return jackson.readTree(one(samples.notifications));
    }

    @Benchmark
    public RoutingResult scanForAccount() {
        return keyer.key(one(samples.notifications));
    }

    @Benchmark
    public ParseResult readNotification() {
        return reader.read(one(samples.notifications));
    }

    /** All events of a session to the record of its call. */
    @Benchmark
    public CallRecord foldCall() {
        return Samples.fold(one(samples.sessions));
    }

    @Benchmark
    public byte[] writeCallRecord() {
        return CallRecordJson.write(one(samples.records), 1, 1);
    }

    @Benchmark
    public byte[] writePartyEvent() {
        return PartyEventJson.write(one(samples.events), false, "Proceeding", 1_772_452_800_000L);
    }

    @Benchmark
    public byte[] writeWindow() {
        return WindowJson.write(samples.window, null, 1, one(samples.windows), WindowRules.DEFAULT);
    }

    /** Written and read back. */
    @Benchmark
    public SessionState sessionState() {
        out.clear();
        one(samples.states).write(out);
        return SessionState.read(new BinaryReader(out.copy()));
    }

    /** Written and read back. */
    @Benchmark
    public PartyEventCodec.Stored partyEvent() {
        PartyEvent event = one(samples.events);
        out.clear();
        PartyEventCodec.write(new PartyEventCodec.Stored(event, 0, null), out, Texts.INLINE);
        return PartyEventCodec.read(event.session(), new BinaryReader(out.copy()), Texts.INLINE);
    }
}
