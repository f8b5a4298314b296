package io.callweave.call.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a later fact says. State keeps only what a record shows, so there is nothing else in here. */
public sealed interface FactContent {

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
            implements FactContent {}

    /**
     * One member of {@code insights}.
     *
     * @param texts in the order sent; cut, so that together they are no longer than {@link #MOST_CHARACTERS}
     */
    record Texts(List<String> texts) implements FactContent {

        /** Of the texts of one member. */
        public static final int MOST_CHARACTERS = 2_000;

        public Texts {
            texts = List.copyOf(texts);
        }
    }
}
