package io.callweave.deliver;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param detail in words, without what was sent or received
 * @param retryAfter what the endpoint asked for; zero if nothing
 * @param took from the start of the attempt
 */
public record Outcome(Kind kind, String detail, Duration retryAfter, Duration took) {

    private static final int OK = 200;
    private static final int REDIRECTION = 300;
    private static final int BAD_REQUEST = 400;
    private static final int GONE = 410;

    /** What follows from it. */
    public enum Kind {
        DELIVERED,
        /** To be attempted again. */
        FAILED,
        /** The endpoint wants no webhooks: the subscription is deleted. */
        GONE
    }

    /**
     * From a complete answer.
     *
     * @param retryAfter the header, or null
     */
    public static Outcome answered(int status, @Nullable String retryAfter, Instant now, Duration took) {
        if (status >= OK && status < REDIRECTION) {
            return new Outcome(Kind.DELIVERED, "HTTP " + status, Duration.ZERO, took);
        }
        if (status == GONE) {
            return new Outcome(Kind.GONE, "HTTP " + status, Duration.ZERO, took);
        }
        String detail = status >= REDIRECTION && status < BAD_REQUEST
                ? "HTTP " + status + "; redirects are not followed"
                : "HTTP " + status;
        return new Outcome(Kind.FAILED, detail, waitOf(retryAfter, now), took);
    }

    /** Without a complete answer. */
    public static Outcome failed(String detail, Duration took) {
        return new Outcome(Kind.FAILED, detail, Duration.ZERO, took);
    }

    /** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3); what is neither asks for nothing. */
    private static Duration waitOf(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return Duration.ZERO;
        }
        String text = retryAfter.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException neither) {
            return Duration.ZERO;
        }
    }
}
