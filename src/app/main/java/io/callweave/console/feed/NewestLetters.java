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

    private Letters shown = new Letters();

    /** The same, unless they are being read again. */
    private Letters written = shown;

    private static final class Letters {
        private final Deque<Letter> newest = new ArrayDeque<>();
        private long count;
    }

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
        written.count++;
        byte[] value = read.value() == null ? new byte[0] : read.value();
        written.newest.addFirst(new Letter(
                read.timestamp(),
                Headers.text(read.headers(), Headers.REASON),
                Headers.text(read.headers(), Headers.DETAIL),
                Headers.text(read.headers(), Headers.SOURCE),
                value.length > MOST_BYTES ? Arrays.copyOf(value, MOST_BYTES) : value));
        while (written.newest.size() > KEPT) {
            written.newest.removeLast();
        }
    }

    /** Begins to read them again: until that is done, those that were there are shown. */
    synchronized void fill() {
        written = new Letters();
    }

    /** Shows what was added since {@link #fill}. */
    synchronized void filled() {
        shown = written;
    }

    /** Those that are on the topic and are not read here. */
    synchronized void addUnread(long unread) {
        written.count += unread;
    }

    /** How many there are on the topic, and came since. */
    public synchronized long count() {
        return shown.count;
    }

    /** The newest first. */
    public synchronized List<Letter> newest() {
        List<Letter> newest = new ArrayList<>(shown.newest);
        newest.sort(Collections.reverseOrder(Comparator.comparingLong(Letter::at)));
        return newest;
    }
}
