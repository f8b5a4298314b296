package io.callweave.value;

import static io.callweave.value.Meaning.sameAs;
import static io.callweave.value.Meaning.says;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueTypeTest {

    private record Inner(String name) {}

    private record Outer(
            @Nullable String text,
            @Nullable Long millis,
            @Nullable Boolean flag,
            @Nullable BigDecimal ratio,
            @Nullable Inner inner,
            List<Inner> inners,
            List<String> texts,
            List<long[]> ranges) {}

    private static final ValueType<Inner> INNER = ValueType.<Inner>named("inner", says("Inside."))
            .text("name", Inner::name, says("Its name."))
            .end();

    private static final ValueType<Outer> OUTER = ValueType.<Outer>named("outer", says("Around it."))
            .textOrNull("text", Outer::text, says("A text."))
            .timeOrNull("time", Outer::millis, says("A time."))
            .millisOrNull("millis", Outer::millis, says("A duration."))
            .millisOrNull("less", outer -> outer.millis() != null, Outer::hashCode, says("Another one."))
            .flagOrNull("flag", Outer::flag, says("Yes or no."))
            .ratioOrNull("ratio", Outer::ratio, says("A share."))
            .objectOrNull("inner", INNER, Outer::inner, says("An object."))
            .objects("inners", INNER, Outer::inners, says("Objects."))
            .texts("texts", Outer::texts, text -> text, says("Texts."))
            .ranges("ranges", Outer::ranges, range -> range[0], range -> range[1], says("Ranges."))
            .end();

    @Test
    void shouldWriteNullForAllThatIsNotKnown() {
        Outer nothing = new Outer(null, null, null, null, null, List.of(), List.of(), List.of());

        assertThat(json(OUTER, nothing))
                .isEqualTo("{\"text\":null,\"time\":null,\"millis\":null,\"less\":null,\"flag\":null,\"ratio\":null,"
                        + "\"inner\":null,\"inners\":[],\"texts\":[],\"ranges\":[]}");
    }

    @Test
    void shouldSeparateElements() {
        Outer outer = new Outer(
                "a",
                7L,
                true,
                new BigDecimal("0.2500"),
                new Inner("b"),
                List.of(new Inner("c"), new Inner("d")),
                List.of("e", "f"),
                List.of(new long[] {2, 3}, new long[] {5, 5}));

        assertThat(json(OUTER, outer))
                .contains(
                        "\"time\":\"1970-01-01T00:00:00.007Z\",\"millis\":7,",
                        "\"flag\":true,\"ratio\":0.2500,\"inner\":{\"name\":\"b\"}",
                        "\"inners\":[{\"name\":\"c\"},{\"name\":\"d\"}],\"texts\":[\"e\",\"f\"],\"ranges\":[[2,3],[5,5]]}");
    }

    @Test
    void shouldWriteAFieldOfAPartAsThePartDoes() {
        ValueType<Outer> flat = ValueType.<Outer>named("flat", says("A row."))
                .takenAs("innerName", Outer::inner, INNER, "name")
                .end();

        assertThat(json(flat, new Outer(null, null, null, null, new Inner("b"), List.of(), List.of(), List.of())))
                .isEqualTo("{\"innerName\":\"b\"}");
        assertThat(flat.field("innerName").meaning().sentences()).isEqualTo("Its name.");
    }

    @Test
    void shouldNotLetAFieldMeanTheSameAsOneOfAnotherType() {
        Fields<Outer> fields = ValueType.named("wrong", says("Wrong."));

        assertThatThrownBy(() -> fields.textOrNull("name", Outer::text, sameAs(INNER, "name")))
                .hasMessage("The field name is not what it is said to be the same as.");
        assertThatThrownBy(() -> sameAs(INNER, "age")).hasMessage("inner has no field age.");
    }

    private static <T> String json(ValueType<T> type, T value) {
        return new String(type.json(value, 1), UTF_8);
    }
}
