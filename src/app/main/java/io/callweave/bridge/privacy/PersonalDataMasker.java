package io.callweave.bridge.privacy;

import io.callweave.bridge.account.Privacy;
import io.callweave.privacy.PersonalData;
import io.callweave.value.DigitGroups;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes phone numbers and names of an account unreadable, always in the same way, so that equal ones stay equal. A number with
 * a plus keeps it: the plus tells outside numbers from own extensions in the metrics. Thread-safe.
 */
public final class PersonalDataMasker {

    private static final String HMAC = "HmacSHA256";

    /** 96 bits: two of a billion numbers are equal by chance once in ten billion installations. */
    private static final int HASH_BYTES = 12;

    /** At least; as RingCentral masks numbers in its call log: +3351234XXXX. */
    private static final int MASKED_DIGITS = 4;

    private static final int SHORT = 7;

    /** That stay at most: what follows can be an extension or another number. One more of those that begin with 1, as American ones do. */
    private static final int SHOWN = 6;

    private static final String MASKED_NAME = "***";

    /** RingCentral's own word for a conference bridge, as number and as name. */
    private static final String CONFERENCE = "conference";

    private static final Pattern NUMBER = Pattern.compile("[+*#\\d](?:[\\d*#;,Xx]|" + DigitGroups.BETWEEN + ")*+");

    /** What is dialled one after the other, such as a number and an extension; each begins with what stands between. */
    private static final Pattern PARTS = Pattern.compile("(?=[*#;,Xx])");

    private final @Nullable SecretKeySpec key;

    /** @param key of the hashes; null if nothing is to be hashed */
    public PersonalDataMasker(byte @Nullable [] key) {
        this.key = key == null ? null : new SecretKeySpec(key, HMAC);
    }

    /**
     * The notification as it may leave the bridge; the same array if there is no privacy.
     *
     * @param account equal texts have equal hashes within it
     * @throws IOException if it is no JSON; then it must not leave
     */
    public byte[] notification(Privacy privacy, String account, byte[] json) throws IOException {
        return privacy == Privacy.NONE ? json : PersonalData.disguise(json, of(privacy, account));
    }

    /**
     * The same; null if it becomes larger than this, as a hash can be longer than its text.
     *
     * @throws IOException if it is no JSON; then it must not leave
     */
    public byte @Nullable [] notification(Privacy privacy, String account, byte[] json, int mostBytes)
            throws IOException {
        if (privacy == Privacy.NONE) {
            return json;
        }
        UnaryOperator<String> disguise = of(privacy, account);
        int[] length = {0};
        try {
            byte[] masked = PersonalData.disguise(json, text -> {
                String disguised = disguise.apply(text);
                length[0] += disguised.length();
                if (length[0] > mostBytes) {
                    throw new TooLargeException(); // else it would hash a hundred thousand more
                }
                return disguised;
            });
            return masked.length > mostBytes ? null : masked;
        } catch (TooLargeException e) {
            return null;
        }
    }

    /** The id of a session, as it is in the notification: one that is none of RingCentral's can hold anything. */
    public String sessionId(Privacy privacy, String account, String id) {
        return privacy == Privacy.NONE ? id : PersonalData.disguise("telephonySessionId", id, of(privacy, account));
    }

    private static final class TooLargeException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /** What stays of bytes that nobody can read, and that can therefore hold anything anywhere: their number. */
    public byte[] unreadable(Privacy privacy, byte[] bytes) {
        return privacy == Privacy.NONE
                ? bytes
                : ("{\"withheld\":\"privacy\",\"bytes\":" + bytes.length + "}").getBytes(StandardCharsets.UTF_8);
    }

    private UnaryOperator<String> of(Privacy privacy, String account) {
        Hash hash = privacy == Privacy.HASH ? new Hash(account) : null;
        return text -> text.equalsIgnoreCase(CONFERENCE) ? text : hash == null ? masked(text) : hash.of(text);
    }

    private static String masked(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return MASKED_NAME;
        }
        StringBuilder masked = new StringBuilder(text.length());
        boolean isShown = false;
        for (String part : PARTS.splitAsStream(text).toList()) {
            int shown = isShown ? 0 : shown(part);
            isShown |= shown > 0;
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                masked.append(Character.isDigit(c) && --shown < 0 ? 'X' : c);
            }
        }
        return masked.toString();
    }

    /** How many of its digits. */
    private static int shown(String number) {
        int[] digits = number.chars().filter(Character::isDigit).toArray();
        return digits.length <= SHORT
                ? 0
                : Math.min(digits.length - MASKED_DIGITS, digits[0] == '1' ? SHOWN + 1 : SHOWN);
    }

    /** HMAC-SHA-256 under the key over account, slash and text as sent, its first 96 bits in base64url. */
    private final class Hash {

        private final String prefix;
        private final Mac mac;

        private Hash(String account) {
            prefix = account + "/";
            if (key == null) {
                throw new IllegalStateException("No key for the account " + account);
            }
            try {
                mac = Mac.getInstance(HMAC);
                mac.init(key);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e); // every Java machine has it
            }
        }

        private String of(String text) {
            byte[] digest = mac.doFinal((prefix + text).getBytes(StandardCharsets.UTF_8));
            byte[] head = Arrays.copyOf(digest, HASH_BYTES);
            return (text.startsWith("+") ? "+" : "") + "h-"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(head);
        }
    }
}
