package io.callweave.call.fact;

import io.callweave.call.event.Address;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a later fact says. State keeps only what a record shows, so there is nothing else in here. */
public sealed interface FactContent {

    /** About how many characters its texts take together. */
    int characters();

    private static int lengths(@Nullable String... texts) {
        int characters = 0;
        for (String text : texts) {
            characters += text == null ? 0 : text.length();
        }
        return characters;
    }

    private static int lengths(@Nullable Address address) {
        return address == null
                ? 0
                : lengths(address.phoneNumber(), address.name(), address.extensionId(), address.extensionNumber());
    }

    /**
     * What is known of a recording, a message or a set of insights as a whole; null means "not sent". Times are
     * milliseconds since the epoch.
     *
     * @param extensionId whose it is
     * @param readyAt since when it can be fetched as it is
     */
    record Description(
            @Nullable String extensionId,
            @Nullable String contentUri,
            @Nullable String contentType,
            @Nullable Long durationMs,
            @Nullable Long createdAt,
            @Nullable Long readyAt)
            implements FactContent {

        @Override
        public int characters() {
            return lengths(extensionId, contentUri, contentType);
        }
    }

    /**
     * One member of {@code insights}.
     *
     * @param texts in the order sent; cut, so that together they are no longer than {@link #MOST_CHARACTERS}
     */
    record Texts(List<String> texts) implements FactContent {

        /** Of the texts of one member. */
        public static final int MOST_CHARACTERS = 2_000;

        /** What a text takes beside its characters: a thousand can have one each. */
        private static final int AROUND_TEXT = 20;

        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public int characters() {
            return texts.stream().mapToInt(text -> AROUND_TEXT + text.length()).sum();
        }
    }

    /**
     * A record of RingCentral's Call Log, in its words. Times are milliseconds since the epoch; null means "not sent".
     *
     * @param messageId the voicemail that was left
     * @param costIncluded in the account's currency, like {@code costPurchased}
     * @param legs shown only of a call that nothing else tells of
     */
    record LogEntry(
            String type,
            String direction,
            String action,
            String result,
            long startTime,
            long durationMs,
            @Nullable Address from,
            @Nullable Address to,
            @Nullable String extensionId,
            @Nullable String recordingId,
            @Nullable String messageId,
            @Nullable BigDecimal costIncluded,
            @Nullable BigDecimal costPurchased,
            List<LogLeg> legs)
            implements FactContent {

        public LogEntry {
            legs = List.copyOf(legs);
        }

        @Override
        public int characters() {
            return lengths(type, direction, action, result, extensionId, recordingId, messageId)
                    + lengths(from)
                    + lengths(to)
                    + legs.stream().mapToInt(LogLeg::characters).sum();
        }
    }

    /** A leg of such a record. */
    record LogLeg(
            boolean master,
            String legType,
            String type,
            @Nullable String direction,
            String action,
            String result,
            @Nullable String reason,
            @Nullable Address from,
            @Nullable Address to,
            @Nullable String telephonySessionId,
            @Nullable String partyId,
            @Nullable String extensionId,
            @Nullable String recordingId,
            long startTime,
            long durationMs) {

        /** Of a record. Real ones have as many as phones were rung. */
        public static final int MOST = 50;

        /** Of all legs of a record. Real legs have some two hundred. */
        public static final int MOST_CHARACTERS = 20_000;

        /** How many characters its texts have together. */
        public int characters() {
            return lengths(
                            legType,
                            type,
                            direction,
                            action,
                            result,
                            reason,
                            telephonySessionId,
                            partyId,
                            extensionId,
                            recordingId)
                    + lengths(from)
                    + lengths(to);
        }
    }
}
