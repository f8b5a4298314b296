package io.callweave.notification;

import org.jspecify.annotations.Nullable;

record JsonText(String value) implements JsonValue {

    private static final String HEX = "0123456789abcdef";

    @Override
    public @Nullable String text() {
        return value.isEmpty() ? null : value;
    }

    @Override
    public void writeTo(StringBuilder out) {
        write(value, out);
    }

    /** Escapes what JSON does not allow to stand for itself, and halves of surrogate pairs, which UTF-8 cannot express. */
    static void write(String text, StringBuilder out) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, written, i);
            escape(c, out);
            written = i + 1;
        }
        out.append(text, written, text.length()).append('"');
    }

    private static void escape(char c, StringBuilder out) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default ->
                out.append('u')
                        .append(HEX.charAt(c >> 12))
                        .append(HEX.charAt(c >> 8 & 0xF))
                        .append(HEX.charAt(c >> 4 & 0xF))
                        .append(HEX.charAt(c & 0xF));
        }
    }
}
