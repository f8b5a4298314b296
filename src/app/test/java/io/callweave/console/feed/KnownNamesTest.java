package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownNamesTest {

    private static final Runnable NO_HURRY = () -> {};

    private final KnownNames names = new KnownNames(Masking.OFF);

    @BeforeEach
    void learn() {
        learn("1", "104", "Dana Reyes");
        learn("1", "105", "Jordan Lee");
        learn("2", "204", "Danae Ruiz");
    }

    @Test
    void shouldFindPartsOfNamesInAnyCaseWithinTheAccountsOfAToken() {
        assertThat(having("dan", AccountScope.OPERATOR)).containsExactly("104", "105", "204");
        assertThat(having(" DANA ", new AccountScope(Set.of("1")))).containsExactly("104");
        assertThat(names.having("dan", AccountScope.OPERATOR, "2", 10, NO_HURRY))
                .containsExactly("204");
        assertThat(names.having("a", AccountScope.OPERATOR, null, 2, NO_HURRY)).containsExactly("104", "105");
    }

    @Test
    void shouldFindTheSmallestIdsOfMany() {
        for (int i = 999; i >= 500; i--) {
            learn("3", Integer.toString(i), "Queue " + i);
        }

        assertThat(names.having("QUEUE", new AccountScope(Set.of("3")), null, 3, NO_HURRY))
                .containsExactly("500", "501", "502");
    }

    /** A tenant with many names must not take the time of who asks about another. */
    @Test
    void shouldLookAtNoNamesOfOtherAccounts() {
        AtomicInteger looks = new AtomicInteger();

        List<String> found = names.having("dan", new AccountScope(Set.of("2")), null, 10, looks::incrementAndGet);

        assertThat(found).containsExactly("204");
        assertThat(looks).hasValue(1);
    }

    @Test
    void shouldFindTheNameOfNow() {
        learn("1", "104", "Zoe Reyes");

        assertThat(having("dana", new AccountScope(Set.of("1")))).isEmpty();
        assertThat(having("zoe", AccountScope.OPERATOR)).containsExactly("104");
    }

    @Test
    void shouldFindNobodyByANameThatIsMasked() {
        KnownNames masked = new KnownNames(Masking.ON);
        learn(masked, "1", "104", "Dana Reyes");

        assertThat(masked.having("dana", AccountScope.OPERATOR, null, 10, NO_HURRY))
                .isEmpty();
        assertThat(masked.having("name", AccountScope.OPERATOR, null, 10, NO_HURRY))
                .containsExactly("104");
    }

    private List<String> having(String text, AccountScope scope) {
        return names.having(text, scope, null, 10, NO_HURRY);
    }

    private void learn(String account, String extension, String name) {
        learn(names, account, extension, name);
    }

    private static void learn(KnownNames names, String account, String extension, String name) {
        String value = "{\"accountId\":\"%s\",\"extensionId\":\"%s\",\"name\":\"%s\",\"type\":\"user\"}"
                .formatted(account, extension, name);
        names.learn((account + "/" + extension).getBytes(UTF_8), value.getBytes(UTF_8));
    }
}
