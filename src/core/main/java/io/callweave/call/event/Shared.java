package io.callweave.call.event;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values that are in memory once, however many events have them. */
final class Shared {

    private Shared() {}

    /** The value, as the other object if that is equal. */
    static <T> @Nullable T value(@Nullable T value, @Nullable T other) {
        return value != null && value.equals(other) ? other : value;
    }

    /** The same of a text; one that is not equal, as it is known. */
    static @Nullable String text(@Nullable String text, @Nullable String other, UnaryOperator<String> known) {
        if (text == null) {
            return null;
        }
        return text.equals(other) ? other : known.apply(text);
    }
}
