package io.callweave.bridge.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsSourceTest {

    private static final AccountDefaults DEFAULTS = new AccountDefaults(Privacy.NONE, 500, false);

    @TempDir
    private Path folder;

    @Test
    void shouldReadAFileAndSettings() throws IOException {
        Path file = folder.resolve("accounts.properties");
        Files.writeString(file, """
                account.1.path=/hooks/one
                account.1.tokens=old, new
                account.1.rate=7
                account.1.privacy=mask
                account.2=
                """);

        Accounts accounts = new AccountsSource(file, "3=/hooks/three, 4", "3=a b", DEFAULTS).read();

        assertThat(accounts.all())
                .extracting(Account::path)
                .containsExactlyInAnyOrder("/hooks/one", "/webhooks/2", "/hooks/three", "/webhooks/4");
        Account first = accounts.at("/hooks/one");
        assertThat(first.privacy()).isEqualTo(Privacy.MASK);
        assertThat(first.ratePerSecond()).isEqualTo(7);
        assertThat(first.tokens().accept(List.of("new"))).isTrue();
        assertThat(first.tokens().accept(List.of("ne"))).isFalse();
        assertThat(accounts.at("/hooks/three").tokens().accept(List.of("x", "b")))
                .isTrue();
        assertThat(accounts.at("/webhooks/4").tokens().required()).isFalse();
        assertThat(accounts.at("/webhooks/4/")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    account.1.tokenz=x                      | account.1.tokenz
                    accounts.1=                             | accounts.1
                    account.1.rate=0                        | from 1 to
                    account.1.privacy=some                  | none, mask or hash
                    account.1.privacy=hash                  | bridge.privacy-key
                    account.1.path=hush                     | must begin with /
                    account.1.tokens=a%naccount.1.tokens=b  | "account.1.tokens" is there twice
                    account.1.path=/hush%naccount.2.path=/hush | same path
                    1.path=/a                               | is unknown
                    # nothing                               | No account
                    """)
    void shouldSayWhatIsWrong(String line, String sentence) throws IOException {
        Path file = folder.resolve("accounts.properties");
        Files.writeString(file, line.formatted());
        AccountsSource source = new AccountsSource(file, "", "", DEFAULTS);

        assertThatThrownBy(source::read)
                .isInstanceOf(AccountsException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("hush");
    }

    @Test
    void shouldNotShowATokenThatIsOnALineOfItsOwn() throws IOException {
        Path file = folder.resolve("accounts.properties");
        Files.writeString(file, "account.1.tokens=one,\nhush\n");

        assertThatThrownBy(new AccountsSource(file, "", "", DEFAULTS)::read)
                .hasMessageContaining("A line of the accounts that does not begin with account. is unknown")
                .hasMessageNotContaining("hush");
    }

    @Test
    void shouldRefuseOneTwiceAndTokensOfNobodyWithoutShowingThem() {
        assertThatThrownBy(new AccountsSource(null, "1=/hush,2=/hush", "", DEFAULTS)::read)
                .hasMessageContaining("same path")
                .hasMessageNotContaining("hush");
        assertThatThrownBy(new AccountsSource(null, "1,1", "", DEFAULTS)::read).hasMessageContaining("twice");
        assertThatThrownBy(new AccountsSource(null, "1", "1=secret,1=secret", DEFAULTS)::read)
                .hasMessageContaining("twice")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(new AccountsSource(null, "1", "2=secret", DEFAULTS)::read)
                .hasMessageContaining("bridge.account-tokens")
                .hasMessageNotContaining("secret");
        assertThat(new AccountsSource(null, "1", "1=secret", DEFAULTS).toString())
                .doesNotContain("secret");
    }
}
