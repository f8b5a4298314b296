package io.callweave.value;

import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.util.regex.Pattern;

/**
 * Texts as cells of CSV that no spreadsheet runs as a formula: callers choose their names themselves. An apostrophe makes a
 * text of a formula, also behind a semicolon, which separates cells in many countries.
 */
public final class CsvText {

    /** Blanks and quotes may come before a formula. East Asian spreadsheets take the wide signs, too. A cell that is a phone number is a number. */
    private static final Pattern FORMULA =
            Pattern.compile("(?:^(?!\\s*\\+[0-9]+\\s*$)|(?<=;)(?!\\s*\\+[0-9]+\\s*(?:;|$)))"
                    + "(?=[\\s\"'\\p{Zs}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    private static final Pattern DEFUSED =
            Pattern.compile("(?:^|(?<=;))'(?=[\\s\"'\\p{Zs}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    /** Quotes what was changed, or has the other separator in it. */
    public static final QuoteStrategy QUOTES = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
            return value.startsWith("'") || value.indexOf(';') >= 0;
        }
    };

    private CsvText() {}

    /** {@link Printable}, and no formula. */
    public static String of(String text) {
        return FORMULA.matcher(Printable.of(text)).replaceAll("'");
    }

    /** The text of which {@link #of} made a cell. */
    public static String read(String cell) {
        return DEFUSED.matcher(cell).replaceAll("");
    }
}
