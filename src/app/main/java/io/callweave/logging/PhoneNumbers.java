package io.callweave.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps phone numbers out of logs. Callweave logs none on purpose, but texts from others, such as exceptions, can
 * contain some.
 */
public final class PhoneNumbers {

    private static final int SHOWN = 2;

    /**
     * With a plus, any number; without one, the ten or eleven digits of a North American number. Offsets are rarely
     * that long.
     */
    private static final Pattern NUMBER = Pattern.compile("\\+\\d[\\d ().-]{3,20}\\d|(?<![\\w.+-])1?\\d{10}(?![\\w])");

    private static final Pattern DIGIT = Pattern.compile("\\d");

    private PhoneNumbers() {}

    /** The text, with asterisks for all but the last two digits of every phone number. */
    public static String masked(String text) {
        Matcher numbers = NUMBER.matcher(text);
        return numbers.replaceAll(number -> Matcher.quoteReplacement(maskedNumber(number.group())));
    }

    private static String maskedNumber(String number) {
        int shownFrom = number.length() - SHOWN;
        return DIGIT.matcher(number.substring(0, shownFrom)).replaceAll("*") + number.substring(shownFrom);
    }
}
