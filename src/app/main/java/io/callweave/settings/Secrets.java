package io.callweave.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values must not be printed. */
final class Secrets {

    static final String MASK = "***";

    /**
     * A key is a secret only at the end of a name: {@code ssl.keystore.key} is one, {@code key.serializer} and
     * {@code ssl.keystore.location} are not. The user info of a schema registry is {@code user:password}.
     */
    private static final Pattern SECRET_NAME =
            Pattern.compile("password|passphrase|secret|token|jaas|user\\.info|jwt$|keys?$");

    /** These match, and hold no secret. */
    private static final Pattern HARMLESS_NAME = Pattern.compile("partitioner\\.ignore\\.keys$|secrets-dir$");

    /** If an account has no token, its path is the secret: with it, anybody can send as RingCentral. */
    private static final String WITH_PATHS = "bridge.accounts";

    private static final Pattern PATH = Pattern.compile("=[^,]*");

    /** Of an address: a password can be in it, with any characters if it is not encoded. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)\\S*@");

    private Secrets() {}

    static boolean isSecret(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return SECRET_NAME.matcher(lowerCase).find()
                && !HARMLESS_NAME.matcher(lowerCase).find();
    }

    static String masked(String name, String text) {
        if (name.equals(WITH_PATHS)) {
            return PATH.matcher(text).replaceAll("=" + Matcher.quoteReplacement(MASK));
        }
        return isSecret(name) && !text.isEmpty()
                ? MASK
                : USER_INFO.matcher(text).replaceAll(Matcher.quoteReplacement(MASK + "@"));
    }
}
