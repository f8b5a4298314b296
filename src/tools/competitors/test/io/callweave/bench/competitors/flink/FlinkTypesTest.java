package io.callweave.bench.competitors.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.dsl.DslNotification.End;
import io.callweave.bench.dsl.DslNotification.Party;
import io.callweave.bench.dsl.DslNotification.Status;
import io.callweave.bench.dsl.DslSession.Event;
import io.callweave.bench.dsl.DslWindow;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is in the state of the functions is kept whole, without a generic serializer. */
class FlinkTypesTest {

    @Test
    void shouldKeepAnEvent() throws Exception {
        End end = new End("+16505550100", null, "101", null);
        Party party = new Party(
                "1", "101", "p-1", "Inbound", end, null, new Status("Proceeding", null, null), true, null, false);

        assertKept(Event.class, new Event(7, "2026-07-01T12:00:00Z", party));
    }

    @Test
    void shouldKeepAWindow() throws Exception {
        assertKept(DslWindow.class, new DslWindow(1, 2, 3, 4, 5, 6));
        assertKept(FinishedCall.class, new FinishedCall("1", 2, true, 3, 4, 5));
    }

    @Test
    void shouldAddACallToAWindow() {
        assertThat(new FinishedCall("1", 0, true, 30, 4, 40).addedTo(new DslWindow(1, 0, 20, 2, 50, 50)))
                .isEqualTo(new DslWindow(2, 1, 50, 6, 90, 50));
    }

    @Test
    void shouldSortEventsByTheirSequence() {
        assertThat(CallFunction.key(9, "b")).isEqualTo("00000009/b").isLessThan(CallFunction.key(10, "a"));
    }

    private static <T> void assertKept(Class<T> type, T value) throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<T> serializer = Types.POJO(type).createSerializer(config);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);

        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(value);
    }
}
