package io.callweave.notification;

import org.jspecify.annotations.Nullable;

/**
 * ISO-8601 instants with a zone: {@code yyyy-MM-ddTHH:mm[:ss[.fraction]](Z|±hh[[:]mm])}, upper or lower case, from 2000
 * up to but not including 2100. Parsed by hand because every notification has two of them, and java.time takes longer
 * for one than the rest of the notification takes. A leap second (:60) and the hour 24 are not accepted; RingCentral
 * sends neither.
 */
final class Instants {

    /** Not an instant; all accepted ones are positive. */
    static final long NONE = -1;

    private static final long EARLIEST = 946_684_800_000L; // 2000-01-01T00:00:00Z
    private static final long END = 4_102_444_800_000L; // 2100-01-01T00:00:00Z
    private static final int DATE_AND_MINUTE = "yyyy-MM-ddTHH:mm".length();
    private static final int MINUTE_MS = 60_000;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Instants() {}

    /** Milliseconds since the epoch, truncated; {@link #NONE} if this is not an instant in the range. */
    static long parse(@Nullable String text) {
        if (text == null || text.length() <= DATE_AND_MINUTE) {
            return NONE;
        }
        long minute = minuteSinceEpoch(text);
        if (minute == Long.MIN_VALUE) {
            return NONE;
        }
        int at = DATE_AND_MINUTE;
        int second = 0;
        int milli = 0;
        if (text.charAt(at) == ':') {
            second = twoDigits(text, at + 1, 59);
            at += 3;
            if (at < text.length() && text.charAt(at) == '.') {
                int end = endOfDigits(text, at + 1);
                milli = end == at + 1 ? -1 : milliseconds(text, at + 1, end);
                at = end;
            }
        }
        int offset = offsetMinutes(text, at);
        if (second < 0 || milli < 0 || offset == Integer.MIN_VALUE) {
            return NONE;
        }
        long time = (minute - offset) * MINUTE_MS + second * 1000L + milli;
        return time >= EARLIEST && time < END ? time : NONE;
    }

    private static long minuteSinceEpoch(String text) {
        int century = twoDigits(text, 0, 99);
        int yearOfCentury = twoDigits(text, 2, 99);
        int month = twoDigits(text, 5, 12);
        int day = twoDigits(text, 8, 31);
        int hour = twoDigits(text, 11, 23);
        int minute = twoDigits(text, 14, 59);
        boolean punctuated = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':';
        if (!punctuated || (century | yearOfCentury | hour | minute) < 0 || month < 1 || day < 1) {
            return Long.MIN_VALUE;
        }
        int year = century * 100 + yearOfCentury;
        // An offset can move a time of 1999 or 2100 into the range, but no other. So every year with a leap day is
        // divisible by 4, except 2100.
        if (year < 1999 || year > 2100) {
            return Long.MIN_VALUE;
        }
        boolean leap = year % 4 == 0 && year != 2100;
        if (day > DAYS_IN_MONTH[month - 1] + (leap && month == 2 ? 1 : 0)) {
            return Long.MIN_VALUE;
        }
        int leapDaysSince1970 = (year - 1969) / 4;
        long days = (year - 1970) * 365L + leapDaysSince1970 + DAYS_BEFORE_MONTH[month - 1] + day - 1;
        return (days + (leap && month > 2 ? 1 : 0)) * 1440 + hour * 60L + minute;
    }

    private static int offsetMinutes(String text, int at) {
        int length = text.length() - at;
        if (length == 1 && (text.charAt(at) | 0x20) == 'z') {
            return 0;
        }
        boolean colon = length == 6 && text.charAt(at + 3) == ':';
        if (length != 3 && length != 5 && !colon) {
            return Integer.MIN_VALUE;
        }
        char sign = text.charAt(at);
        int hours = twoDigits(text, at + 1, 23);
        int minutes = length == 3 ? 0 : twoDigits(text, text.length() - 2, 59);
        if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0) {
            return Integer.MIN_VALUE;
        }
        int offset = hours * 60 + minutes;
        return sign == '+' ? offset : -offset;
    }

    private static int milliseconds(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < start + 3; i++) {
            value = value * 10 + (i < end ? text.charAt(i) - '0' : 0);
        }
        return value;
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The value of two digits; -1 if they are not digits or the value is too high. */
    private static int twoDigits(String text, int at, int highest) {
        if (at + 2 > text.length() || !isDigit(text.charAt(at)) || !isDigit(text.charAt(at + 1))) {
            return -1;
        }
        int value = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
        return value <= highest ? value : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
