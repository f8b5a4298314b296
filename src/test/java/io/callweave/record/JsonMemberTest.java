package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class JsonMemberTest {

    @Test
    void shouldFindAMemberOfTheObjectItselfOnly() {
        String json =
                "{\"a\":{\"party\":1,\"x\":[{\"party\":2}]},\"b\":\"\\\",\\\"party\\\":3\\\\\",\"party\":{\"c\":[]}}";

        assertThat(found(json, "party")).isEqualTo("{\"c\":[]}");
        assertThat(found(json, "x")).isNull();
        assertThat(found("{}", "party")).isNull();
    }

    /** Whatever stands before and behind it. */
    @Property
    void shouldFindEachMember(@ForAll("members") List<Tuple.Tuple2<String, String>> members) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < members.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append(quoted(i + members.get(i).get1()))
                    .append(':');
            json.append(members.get(i).get2());
        }
        json.append('}');

        for (int i = 0; i < members.size(); i++) {
            String name = quoted(i + members.get(i).get1());
            assertThat(found(json.toString(), name.substring(1, name.length() - 1)))
                    .isEqualTo(members.get(i).get2());
        }
        assertThat(found(json.toString(), "none")).isNull();
    }

    @Provide
    Arbitrary<List<Tuple.Tuple2<String, String>>> members() {
        return Combinators.combine(texts(), values(3)).as(Tuple::of).list().ofMaxSize(6);
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> plain = Arbitraries.oneOf(
                texts().map(JsonMemberTest::quoted), Arbitraries.of("0", "-1.5e7", "true", "null", "{}", "[]"));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<String> inner = Arbitraries.lazy(() -> values(depth - 1));
        return Arbitraries.oneOf(
                plain,
                inner.list().ofMinSize(1).ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]"),
                Combinators.combine(texts(), inner).as((name, value) -> "{" + quoted(name) + ":" + value + "}"));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("\"\\{}[],:ap").ofMaxLength(6);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String found(String json, String name) {
        JsonMember member = JsonMember.of(json, name);
        return member == null ? null : json.substring(member.start(), member.start() + member.length());
    }
}
