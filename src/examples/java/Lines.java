import java.util.regex.Pattern;

/** What the examples print. Callers choose texts: what a terminal obeys, or shows as something else, is escaped. */
final class Lines {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    static void print(String line) {
        System.out.println(UNSEEN.matcher(line)
                .replaceAll(one -> String.format("\\\\u%04x", one.group().codePointAt(0))));
    }
}
