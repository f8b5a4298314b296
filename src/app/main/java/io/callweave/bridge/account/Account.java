package io.callweave.bridge.account;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account from which notifications are taken.
 *
 * @param id as RingCentral numbers it
 * @param path where its notifications arrive, such as {@code /webhooks/809646016}
 * @param ratePerSecond how many notifications a second are taken; one of {@link #BYTES_OF_ONE} or more counts again for each
 * @param connection null if the bridge neither connects nor cares for a subscription
 */
public record Account(
        String id,
        String path,
        VerificationTokens tokens,
        Privacy privacy,
        int ratePerSecond,
        @Nullable Connection connection) {

    /** RingCentral's notifications are shorter. What a longer one costs grows with its length. */
    public static final int BYTES_OF_ONE = 4 << 10;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,200}");

    /**
     * Checks the id and the path.
     *
     * @throws AccountsException if one is wrong
     */
    public Account {
        if (!ID.matcher(id).matches()) {
            throw new AccountsException(
                    "\"" + id + "\" is no account id: 1 to 64 letters, digits, hyphens or underscores.");
        }
        if (!PATH.matcher(path).matches()) {
            throw new AccountsException("The path of account " + id
                    + " must begin with / and have letters, digits, dots, hyphens, underscores and ~ only.");
        }
    }

    /** Whether it has no webhook, because the bridge fetches its notifications. */
    public boolean isFetched() {
        return connection != null && connection.way() != Connection.Way.WEBHOOK;
    }

    /** Whether the bridge connects it in this way. */
    public boolean isBy(Connection.Way way) {
        return connection != null && connection.way() == way;
    }

    /** The path of an account that does not say. */
    public static String defaultPath(String id) {
        return "/webhooks/" + id;
    }
}
