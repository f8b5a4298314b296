package io.callweave.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonDiffTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldFindNoDifferencesInEqualRecords() throws IOException {
        assertThat(diff("{'a': [1, {'b': null}]}", "{'a': [1, {'b': null}]}")).isEmpty();
    }

    @Test
    void shouldNameTheFieldWithBothValues() throws IOException {
        assertThat(diff("{'a': {'b': 1, 'c': 2}}", "{'a': {'b': null, 'c': 2}}"))
                .containsExactly("/a/b 1 null");
    }

    @Test
    void shouldDistinguishNewAndRemovedFieldsFromNull() throws IOException {
        assertThat(diff("{'a': 1}", "{'b': null}")).containsExactly("/a 1 ", "/b  null");
    }

    @Test
    void shouldMatchElementsByTheirIdAtAnyPosition() throws IOException {
        assertThat(diff(
                        "{'p': [{'id': 'x', 'n': 1}, {'id': 'y', 'n': 2}]}",
                        "{'p': [{'id': 'y', 'n': 3}, {'id': 'z'}]}"))
                .containsExactly("/p/0 {\"id\":\"x\",\"n\":1} ", "/p/0/n 2 3", "/p/1  {\"id\":\"z\"}");
    }

    @Test
    void shouldMatchElementsByPositionIfNothingIdentifiesThem() throws IOException {
        assertThat(diff("{'p': [{'n': 1}, {'n': 1}]}", "{'p': [{'n': 1}, {'n': 2}]}"))
                .containsExactly("/p/1/n 1 2");
    }

    @Test
    void shouldCompareArraysOfValuesAsAWhole() throws IOException {
        assertThat(diff("{'m': [[2, 3]]}", "{'m': []}")).containsExactly("/m [[2,3]] []");
    }

    private static List<String> diff(String before, String after) throws IOException {
        return JsonDiff.between(JSON.readTree(before.replace('\'', '"')), JSON.readTree(after.replace('\'', '"')))
                .stream()
                .map(change -> change.path().stream()
                                .map(step -> "/" + (step.field() == null ? step.index() : step.field()))
                                .collect(Collectors.joining())
                        + " " + change.before() + " " + change.after())
                .toList();
    }
}
