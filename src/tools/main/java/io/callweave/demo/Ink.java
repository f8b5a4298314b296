package io.callweave.demo;

/**
 * Colours for people who look at a terminal.
 *
 * @param colored false where the text goes to a file or to another program
 */
public record Ink(boolean colored) {

    private static final String RESET = "\u001b[0m";

    public String good(String text) {
        return in("32", text);
    }

    public String bad(String text) {
        return in("31", text);
    }

    public String warning(String text) {
        return in("1;33", text);
    }

    public String faint(String text) {
        return in("2", text);
    }

    public String strong(String text) {
        return in("1", text);
    }

    private String in(String color, String text) {
        return colored ? "\u001b[" + color + "m" + text + RESET : text;
    }
}
