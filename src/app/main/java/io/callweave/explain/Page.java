package io.callweave.explain;

import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.List;

/** Text for people, laid out for a width that fits on every screen and in every ticket. All of it is {@link Printable}. */
final class Page {

    static final int WIDTH = 100;

    /** Characters. Nobody reads as many; values of a hostile call can be long. */
    static final int MOST = 4 << 20;

    private final StringBuilder out = new StringBuilder();

    void heading(String text) {
        if (!isFull()) {
            out.append(out.isEmpty() ? "" : "\n").append(Printable.of(text)).append('\n');
        }
    }

    /** What is added then is left out. */
    boolean isFull() {
        return out.length() >= MOST;
    }

    /** A line; the rest of a long line continues below. */
    void line(int indent, String text) {
        paragraph(indent, indent + 2, text);
    }

    /** Text with all but its first line indented. */
    void item(int indent, String text) {
        paragraph(indent, indent + 2, "- " + text);
    }

    /**
     * Breaks text at spaces. A word that is longer than a line is broken at the end of the line.
     *
     * @param first the number of spaces before the first line
     * @param others the number of spaces before all other lines
     */
    void paragraph(int first, int others, String text) {
        if (isFull()) {
            return;
        }
        String indent = " ".repeat(first);
        for (String line : broken(Printable.of(text), WIDTH - first, WIDTH - others)) {
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
        return isFull()
                ? out + "\nThe page ends here: with all lines, it would be larger than 4 MiB.\n"
                : out.toString();
    }
}
