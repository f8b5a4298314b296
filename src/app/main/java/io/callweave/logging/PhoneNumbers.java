package io.callweave.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps phone numbers out of logs and errors. Callweave writes none on purpose, but texts from others, such as exceptions, can
 * contain some.
 */
public final class PhoneNumbers {

    private static final int SHOWN = 2;

    /**
     * Between digits; as in an address of the web, and in JSON, which can have a backslash before a slash, too. Not in square
     * brackets: in logs, other things stand there.
     */
    private static final String GAP = "(?:[\\h+().\\\\\u2010-\u2015/-]|%[0-9A-Fa-f]{2}){0,5}";

    /** The same, of what stands in a sentence: a path, or a date with a time, is no number. */
    private static final String SPACE = "[\\h().\u2010-\u2015-]{0,3}";

    /** What stands before a number of ten digits that is an id or a size. Then people need all of it. */
    private static final String NO_NUMBER =
            "(?<!(?i:accounts?|extension|\\bid|accountId|extensionId|offsets?|node|bytes|ms|websocket|pubnub|webhook)[\"':=/ \\[(]{1,4})";

    /**
     * With a plus or 00, any number; without, the ten or eleven digits of a North American number, with or without gaps. Offsets
     * are rarely that long.
     */
    private static final Pattern NUMBER = Pattern.compile("(?:\\+|(?i:%2B))" + GAP + "\\d(?:" + GAP + "\\d){4,19}"
            + "|(?<![\\w.+-])(?<!\\d:)00" + SPACE + "[1-9](?:" + SPACE + "\\d){7,14}(?!\\w)"
            + "|(?<![\\w.+@-])(?=\\d{10})" + NO_NUMBER + "1?\\d{10}(?!\\w| bytes| ms)"
            + "|(?<![\\w.+-])(?:1[ .-])?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}(?!\\w)");

    private static final Pattern DIGIT = Pattern.compile("%[0-9A-Fa-f]{2}|\\d");

    private PhoneNumbers() {}

    /** The text, with asterisks for all but the last two digits of every phone number. */
    public static String masked(String text) {
        Matcher numbers = NUMBER.matcher(text);
        return numbers.replaceAll(number -> Matcher.quoteReplacement(maskedNumber(number.group())));
    }

    private static String maskedNumber(String number) {
        int shownFrom = number.length() - SHOWN;
        return DIGIT.matcher(number.substring(0, shownFrom))
                        .replaceAll(digit -> digit.group().startsWith("%") ? digit.group() : "*")
                + number.substring(shownFrom);
    }
}
