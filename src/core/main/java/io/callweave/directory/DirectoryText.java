package io.callweave.directory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a file of extensions. */
public final class DirectoryText {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private DirectoryText() {}

    /**
     * Decodes it, without a byte order mark.
     *
     * @throws DirectoryException if it is not UTF-8, because names would be wrong. The message is a clause that names
     *     the line
     */
    public static String of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            // The decoder stops before the invalid bytes.
            throw new DirectoryException(
                    "line " + line(file, bytes.position()) + " is not UTF-8; save it as \"CSV UTF-8\"", e);
        }
    }

    private static int line(byte[] file, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            if (file[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
