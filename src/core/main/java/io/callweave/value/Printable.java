package io.callweave.value;

/**
 * Text from outside, such as a caller's name, for people. Callers choose their names: a control character could steer a
 * terminal, and one that changes the direction or is invisible could make a name look like another.
 */
public final class Printable {

    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final int DELETE_PICTURE = 0x2421;

    private Printable() {}

    /**
     * The same text with a mark for each character that steers or is not seen: the picture of an ASCII control, such as
     * U+241B for Escape, else the code, such as {@code <U+202E>}.
     */
    public static String of(String text) {
        int clean = 0;
        while (clean < text.length() && isPlain(text.charAt(clean))) {
            clean++;
        }
        if (clean == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 8).append(text, 0, clean);
        text.substring(clean).codePoints().forEach(c -> {
            if (c < ' ') {
                shown.appendCodePoint(CONTROL_PICTURES + c);
            } else if (c == DELETE) {
                shown.appendCodePoint(DELETE_PICTURE);
            } else if (isSeen(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("<U+%04X>".formatted(c));
            }
        });
        return shown.toString();
    }

    /**
     * The same JSON, with an escape for each character beyond ASCII that steers or is not seen: it can only be in a string.
     * What is below has its escape already.
     */
    public static String inJson(String json) {
        if (json.codePoints().allMatch(c -> c < DELETE || isSeen(c))) {
            return json;
        }
        StringBuilder shown = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(c -> {
            if (c < DELETE || isSeen(c)) {
                shown.appendCodePoint(c);
            } else {
                Character.toString(c).chars().forEach(unit -> shown.append("\\u%04X".formatted(unit)));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < DELETE;
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isIgnorable(c);
        };
    }

    /** Unicode's Default_Ignorable_Code_Point, as far as its category is another, and the blank Braille pattern. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || (c >= 0x115F && c <= 0x1160)
                || (c >= 0x17B4 && c <= 0x17B5)
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0x2060 && c <= 0x206F)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xFFF0 && c <= 0xFFF8)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }
}
