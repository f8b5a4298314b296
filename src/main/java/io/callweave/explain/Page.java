package io.callweave.explain;

import java.util.ArrayList;
import java.util.List;

/** Text for people, laid out for a width that fits on every screen and in every ticket. */
final class Page {

    static final int WIDTH = 100;

    private final StringBuilder out = new StringBuilder();

    void heading(String text) {
        out.append(out.isEmpty() ? "" : "\n").append(text).append('\n');
    }

    /** A line as it is; what is too long for it goes on below. */
    void line(int indent, String text) {
        paragraph(indent, indent + 2, text);
    }

    /** Text that goes on under its beginning. */
    void item(int indent, String text) {
        paragraph(indent, indent + 2, "- " + text);
    }

    /**
     * Breaks text at spaces; a word that is too long for any line is broken where the line ends.
     *
     * @param first spaces in front of the first line
     * @param others spaces in front of all others
     */
    void paragraph(int first, int others, String text) {
        String indent = " ".repeat(first);
        for (String line : broken(text, WIDTH - first, WIDTH - others)) {
            out.append((indent + line).stripTrailing()).append('\n');
            indent = " ".repeat(others);
        }
    }

    private static List<String> broken(String text, int firstWidth, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        int room = firstWidth;
        while (rest.length() > room) {
            int space = rest.lastIndexOf(' ', room);
            int end = space > room / 3 ? space : room;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
            room = width;
        }
        lines.add(rest);
        return lines;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
