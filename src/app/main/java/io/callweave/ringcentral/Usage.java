package io.callweave.ringcentral;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of a usage group are left to the user and the app, as the headers of an answer say (RingCentral's page
 * "Rate limits").
 *
 * @param limit in a window
 * @param left in the window that runs
 * @param window after which all are there again
 */
public record Usage(long limit, long left, Duration window) {

    /** This part stays for other requests of the app: one of four. */
    private static final int SHARE_FOR_OTHERS = 4;

    /** RingCentral's have a minute. Calls of an account can wait for one. */
    private static final int LONGEST_WINDOW_S = 120;

    /** Null if the headers do not say it. */
    static @Nullable Usage of(HttpFields headers) {
        OptionalLong limit = number(headers, "X-Rate-Limit-Limit");
        OptionalLong left = number(headers, "X-Rate-Limit-Remaining");
        OptionalLong window = number(headers, "X-Rate-Limit-Window");
        return limit.isEmpty() || left.isEmpty() || window.isEmpty()
                ? null
                : new Usage(
                        limit.getAsLong(),
                        left.getAsLong(),
                        Duration.ofSeconds(Math.min(LONGEST_WINDOW_S, window.getAsLong())));
    }

    /** How long a sender of many requests should wait before the next one. */
    public Duration pause() {
        return left > limit / SHARE_FOR_OTHERS ? Duration.ZERO : window;
    }

    private static OptionalLong number(HttpFields headers, String name) {
        String text = Objects.requireNonNullElse(headers.get(name), "").strip();
        return text.matches("\\d{1,6}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
