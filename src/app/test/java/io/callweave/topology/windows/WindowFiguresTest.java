package io.callweave.topology.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.WindowAggregate;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** In whatever form they are kept, figures are those of an aggregate with the same calls. */
class WindowFiguresTest {

    /** What is done with the figures of a window. */
    private enum Step {
        ADD,
        REMOVE,
        WRITE,
        READ
    }

    private final List<Measures> calls = new ArrayList<>();
    private WindowFigures figures = new WindowFigures();

    @Property(tries = 500)
    void shouldBeThoseOfAnAggregate(@ForAll("steps") List<Step> steps, @ForAll("calls") List<Measures> given) {
        calls.clear();
        figures = new WindowFigures();
        int next = 0;
        for (Step step : steps) {
            switch (step) {
                case ADD -> add(given.get(next++ % given.size()));
                case REMOVE -> {
                    if (!calls.isEmpty()) {
                        figures.remove(calls.remove(calls.size() / 2));
                    }
                }
                case WRITE -> assertThat(figures.form()).isEqualTo(expected());
                case READ -> read();
            }
            check();
        }
    }

    @Test
    void shouldKeepASingleCallAsItIs() {
        Measures call = measures(Set.of(Count.CALLS), 7);

        add(call);
        assertThat(figures.only()).isSameAs(call);
        add(call);
        assertThat(figures.only()).isNull();
    }

    private void add(Measures call) {
        figures.add(call);
        calls.add(call);
    }

    /** As a page has them. */
    private void read() {
        BinaryReader in = new BinaryReader(
                new BinaryWriter(64).format().rest(expected()).u8(99).bytes());
        in.format("A page");
        figures = new WindowFigures();
        figures.read(in);
        assertThat(in.u8()).isEqualTo(99);
    }

    private void check() {
        WindowAggregate expected = aggregate();
        assertThat(figures.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(figures.calls()).isEqualTo(expected.count(Count.CALLS));
        assertThat(figures.isExact()).isTrue();
        assertThat(written(figures.toAggregate())).isEqualTo(expected());
    }

    private byte[] expected() {
        return written(aggregate());
    }

    private static byte[] written(WindowAggregate aggregate) {
        BinaryWriter out = new BinaryWriter(64).format();
        FiguresCodec.write(aggregate, out);
        return out.bytes();
    }

    private WindowAggregate aggregate() {
        WindowAggregate aggregate = new WindowAggregate();
        calls.forEach(aggregate::add);
        return aggregate;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMaxSize(Distribution.KEPT);
    }

    @Provide
    Arbitrary<List<Measures>> calls() {
        Arbitrary<Set<Count>> counts =
                Arbitraries.of(Count.class).set().ofMaxSize(6).map(WindowFiguresTest::withCalls);
        return Combinators.combine(counts, Arbitraries.longs().between(0, 1_000_000_000_000L))
                .as(WindowFiguresTest::measures)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Set<Count> withCalls(Set<Count> others) {
        Set<Count> all = EnumSet.of(Count.CALLS);
        all.addAll(others);
        return all;
    }

    private static Measures measures(Set<Count> counts, long value) {
        Map<Figure, Long> values = new EnumMap<>(Figure.class);
        values.put(Figure.DURATION, value);
        if (value % 2 == 0) {
            values.put(Figure.RING, value / 2);
        }
        Measures whole = new Measures(counts, values);
        long bits = whole.countBits();
        return Measures.of(
                bits,
                times(counts, Count.COUNTED, value % 3),
                times(counts, Count.ANSWERED_WITHIN, value % 2),
                whole.valueBits(),
                values(values));
    }

    /** A call can visit several queues. */
    private static int times(Set<Count> counts, Count count, long more) {
        return counts.contains(count) ? 1 + (int) more : 0;
    }

    private static long[] values(Map<Figure, Long> values) {
        long[] byNumber = new long[Figure.values().length];
        values.forEach((figure, value) -> byNumber[figure.number()] = value);
        return byNumber;
    }
}
