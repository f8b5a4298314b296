package io.callweave.bridge.webhook;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Accounts;
import io.callweave.bridge.activity.Answer;
import io.callweave.runtime.http.RateLimit;
import org.jspecify.annotations.Nullable;

/** What can be decided before the body of a request is there. */
final class HeadCheck {

    /** RingCentral's are shorter; the answer that echoes it has to stay under 1,024 bytes. */
    private static final int LONGEST_ECHO = 256;

    private final long maxBytes;
    private final RateLimit rates;

    HeadCheck(long maxBytes, RateLimit rates) {
        this.maxBytes = maxBytes;
        this.rates = rates;
    }

    /**
     * The outcome so far.
     *
     * @param account whose path it is; null if it is nobody's
     * @param refusal null if the body is to be read
     */
    record Verdict(@Nullable Account account, @Nullable Answer refusal) {}

    Verdict check(Head head, Accounts accounts) {
        Account account = accounts.at(head.path());
        return new Verdict(account, account == null ? Answer.UNKNOWN_PATH : refusal(head, account));
    }

    /** Counts a body of which the check did not know the length. */
    void read(Account account, int bytes) {
        rates.charge(account.id(), bytes / Account.BYTES_OF_ONE);
    }

    /** The answer to a request without a body that asks for validation. */
    static Answer validation(Head head) {
        String token = head.validationToken();
        return token != null && token.length() <= LONGEST_ECHO && isVisible(token)
                ? Answer.VALIDATED
                : Answer.BAD_REQUEST;
    }

    private @Nullable Answer refusal(Head head, Account account) {
        if (!head.method().equals("POST")) {
            return Answer.WRONG_METHOD;
        }
        if (!account.tokens().accept(head.tokens())) {
            return Answer.WRONG_TOKEN;
        }
        // After the token: who has none cannot use up what the account may send.
        if (!rates.admit(account.id(), account.ratePerSecond())) {
            return Answer.TOO_MANY;
        }
        if (!head.isJson() || !head.isPlain()) {
            return Answer.WRONG_TYPE;
        }
        return head.declaredBytes() > maxBytes ? Answer.TOO_LARGE : null;
    }

    private static boolean isVisible(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
