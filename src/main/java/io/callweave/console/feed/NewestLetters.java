package io.callweave.console.feed;

import io.callweave.topics.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The newest dead letters, in memory. Thread-safe. */
public final class NewestLetters {

    static final int KEPT = 100;

    private static final int MOST_BYTES = 16_384;

    private final Deque<Letter> letters = new ArrayDeque<>();
    private long count;

    /**
     * One of them.
     *
     * @param at when it was rejected, in milliseconds since the epoch
     * @param bytes the beginning of the input
     */
    public record Letter(
            long at,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String source,
            byte[] bytes) {

        /** The input as text; null if it is none. */
        public @Nullable String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException noText) {
                return null;
            }
        }
    }

    /** Keeps the beginning of one. */
    public synchronized void add(ConsumerRecord<byte[], byte[]> read) {
        count++;
        byte[] value = read.value() == null ? new byte[0] : read.value();
        letters.addFirst(new Letter(
                read.timestamp(),
                Headers.text(read.headers(), Headers.REASON),
                Headers.text(read.headers(), Headers.DETAIL),
                Headers.text(read.headers(), Headers.SOURCE),
                value.length > MOST_BYTES ? Arrays.copyOf(value, MOST_BYTES) : value));
        while (letters.size() > KEPT) {
            letters.removeLast();
        }
    }

    /** Forgets all, before they are read again. */
    synchronized void clear() {
        letters.clear();
        count = 0;
    }

    /** Those that are on the topic and are not read here. */
    synchronized void addUnread(long unread) {
        count += unread;
    }

    /** How many there are on the topic, and came since. */
    public synchronized long count() {
        return count;
    }

    /** The newest first. */
    public synchronized List<Letter> newest() {
        List<Letter> newest = new ArrayList<>(letters);
        newest.sort(Collections.reverseOrder(Comparator.comparingLong(Letter::at)));
        return newest;
    }
}
