package io.callweave.bridge.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.ringcentral.TelephonyFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How accounts are connected: by lines of their own, or by what holds for all. */
class ConnectionTextTest {

    private static final ConnectionDefaults APP = new ConnectionDefaults(
            "app",
            "hush",
            Map.of("2", "jwt-of-2"),
            List.of(TelephonyFilter.OF_ACCOUNT),
            Connection.Way.WEBHOOK,
            false,
            Set.of());

    @Test
    void shouldConnectAccountsThatHaveAJwt() {
        List<Account> accounts = parse("""
                account.1.jwt=jwt-of-1
                account.1.client-id=other
                account.1.client-secret=other-secret
                account.1.transport=websocket
                account.1.filters=/restapi/v1.0/account/~/extension/7/telephony/sessions
                account.2.tokens=old new
                account.3=
                """);

        assertThat(accounts).extracting(Account::isFetched).containsExactly(true, false, false);
        Connection first = accounts.get(0).connection();
        assertThat(first.credentials().clientId()).isEqualTo("other");
        assertThat(first.filters()).hasToString("[/restapi/v1.0/account/~/extension/7/telephony/sessions]");
        Connection second = accounts.get(1).connection();
        assertThat(second.credentials().jwt()).isEqualTo("jwt-of-2");
        assertThat(second.verificationToken()).isEqualTo("new");
        assertThat(accounts.get(2).connection()).isNull();
        assertThat(accounts.toString()).doesNotContain("hush", "jwt-of", "other-secret", "new");
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThatThrownBy(() -> parse("account.1.transport=websocket")).hasMessageContaining("no account.1.jwt");
        assertThatThrownBy(() -> new AccountsText(new AccountDefaults(Privacy.NONE, 1, false)).parse("account.1.jwt=j"))
                .hasMessageContaining("no client id");
        assertThatThrownBy(() -> parse("account.1.jwt=j\naccount.1.transport=pigeon"))
                .hasMessageContaining("must be webhook, websocket or pubnub");
        assertThatThrownBy(() -> parse("account.1.jwt=j\naccount.1.filters=all"))
                .hasMessageContaining("must be like");
    }

    @Test
    void shouldReadOneJwtOrOneForEachAccount() {
        assertThat(ConnectionDefaults.jwts("a.b.c")).containsOnlyKeys("");
        assertThat(ConnectionDefaults.jwts("1=a.b.c, 2=d.e.f")).containsOnlyKeys("1", "2");
        assertThatThrownBy(() -> ConnectionDefaults.jwts("1=a,hidden"))
                .hasMessageContaining("id=jwt")
                .hasMessageNotContaining("hidden");
    }

    private static List<Account> parse(String text) {
        return new AccountsText(new AccountDefaults(Privacy.NONE, 1, false, APP)).parse(text);
    }
}
