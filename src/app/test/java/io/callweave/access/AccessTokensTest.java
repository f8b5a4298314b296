package io.callweave.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

    private static final AccessTokens.Names NAMES =
            new AccessTokens.Names("deliver.api-tokens", "deliver.api-access-file");
    private static final String ONE = "a".repeat(32);
    private static final String TWO = "b".repeat(40);
    private static final String THREE = "c".repeat(40);

    @Test
    void shouldKnowTheAccountsOfEachToken(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("access"), List.of("# the portal", THREE + "=4", ""));

        AccessTokens tokens = AccessTokens.of(NAMES, ONE + "=*," + TWO + "=1 2", Optional.of(file));

        assertThat(tokens.find(ONE))
                .hasValueSatisfying(each -> assertThat(each.scope()).isEqualTo(AccountScope.OPERATOR));
        assertThat(tokens.find(TWO))
                .hasValueSatisfying(each -> assertThat(each.scope().accounts()).isEqualTo(Set.of("1", "2")));
        assertThat(tokens.find(THREE))
                .hasValueSatisfying(each -> assertThat(each.scope().accounts()).isEqualTo(Set.of("4")));
        assertThat(tokens.find(ONE + "a")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
        assertThat(tokens).hasToString("3 tokens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short=*", "dddddddddddddddddddddddddddddddd", "dddddddddddddddddddddddddddddddd=", "d d=1"})
    void shouldRefuseWhatIsNoEntryWithoutShowingIt(String entry) {
        assertThatThrownBy(() -> AccessTokens.of(NAMES, entry, Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("deliver.api-tokens: an entry must be")
                .hasMessageNotContaining("ddd");
    }

    @Test
    void shouldRefuseATokenThatIsThereTwiceWithoutShowingIt(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("access"), List.of(ONE + "=4"));

        assertThatThrownBy(() -> AccessTokens.of(NAMES, ONE + "=1", Optional.of(file)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a token is there twice")
                .hasMessageNotContaining(ONE);
        assertThatThrownBy(() -> AccessTokens.of(NAMES, ONE + "=1," + ONE + "=1", Optional.empty()))
                .hasMessageStartingWith("deliver.api-tokens: a token is there twice");
    }

    @Test
    void shouldSayWhetherThereIsAny() {
        assertThat(AccessTokens.of(NAMES, "", Optional.empty()).isEmpty()).isTrue();
        assertThat(AccessTokens.of(NAMES, ONE + "=*", Optional.empty()).isEmpty())
                .isFalse();
    }
}
