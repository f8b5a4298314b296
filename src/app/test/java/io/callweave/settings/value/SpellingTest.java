package io.callweave.settings.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, '', 3", "'', abc, 3", "kitten, sitting, 3", "bridge.prot, bridge.port, 1", "A, a, 1"
    })
    void shouldCountCharactersInsertedDeletedChangedAndSwapped(String one, String other, int distance) {
        assertThat(Spelling.distance(one, other)).isEqualTo(distance);
        assertThat(Spelling.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void shouldFindANameInAnotherCaseAndWithoutItsArea() {
        List<String> known = List.of("bridge.port", "http.port", "completion.linger");

        assertThat(Spelling.nearest("Bridge.Prot", known)).contains("bridge.port");
        assertThat(Spelling.nearest("lingr", known)).contains("completion.linger");
        assertThat(Spelling.nearest("something-else", known)).isEmpty();
    }

    @Test
    void shouldFindANameByItsBeginning() {
        assertThat(Spelling.nearest("--post", List.of("--port", "--post-to", "--for")))
                .contains("--post-to");
        assertThat(Spelling.nearest("demonstration", List.of("demo"))).isEmpty();
    }

    /** A client of an API could take up the processors with it. */
    @Test
    void shouldNotCompareWhatIsLongerThanAnyName() {
        String longName = "a".repeat(1_000);

        assertThat(Spelling.nearest(longName + "b", List.of(longName))).isEmpty();
    }

    @Test
    void shouldPreferTheNameThatBeginsTheSame() {
        assertThat(Spelling.nearest("--sped", List.of("--seed", "--speed"))).contains("--speed");
    }
}
