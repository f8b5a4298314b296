package io.callweave.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes a number from each record. A window holds the sum of these numbers. A reader who keeps the newest revision of each
 * call computes the same sum, and so sees whether any record is missing. The order of records does not matter, and a record
 * can be taken out again, because sums are modulo 2^64.
 */
public final class RecordDigest {

    private RecordDigest() {}

    /** The first eight bytes, big-endian, of the SHA-256 of the UTF-8 text {@code callId|epoch|revision}. */
    public static long of(String callId, long epoch, long revision) {
        try {
            byte[] text = (callId + '|' + epoch + '|' + revision).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A sum in 16 hexadecimal digits. */
    public static String text(long sum) {
        return HexFormat.of().toHexDigits(sum);
    }
}
