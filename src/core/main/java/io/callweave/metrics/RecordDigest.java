package io.callweave.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A number for each record, of which a window has the sum. Whoever keeps the newest revision of each call can compute the
 * same sum, and so see whether he has all of them. Sums do not depend on the order, and modulo 2^64 a record can be taken out.
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
