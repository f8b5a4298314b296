package io.callweave.console.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.privacy.PersonalData;
import io.callweave.value.DigitGroups;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Hides phone numbers and names before anything is kept, so that no answer can show them. Equal ones stay equal, and of
 * numbers the last digits stay.
 */
public enum Masking {
    OFF,
    ON;

    private static final int SHOWN = 2;

    /** A number, with all that people dial and write. */
    private static final Pattern DIALLED =
            Pattern.compile("(?:[+*#;,]|" + DigitGroups.BETWEEN + ")*+\\d(?:[\\d+*#;,]|" + DigitGroups.BETWEEN + ")*+");

    /** With what people write between digits. */
    private static final Pattern NUMBER = Pattern.compile("\\d(?:" + DigitGroups.BETWEEN + "{0,5}\\d){4,}+");

    /** A value of a topic; the same array if nothing is hidden. */
    public byte[] json(byte[] value) throws IOException {
        return this == OFF ? value : PersonalData.disguise(value, Masking::masked);
    }

    /** The id of a call, or of a session, as {@link #json} shows it in values: one that is none of RingCentral's can hold anything. */
    String callId(String id) {
        return this == OFF ? id : text("callId", id);
    }

    /** A text, as the values of a masked console have it in this member. */
    public static String text(String member, String text) {
        return PersonalData.disguise(member, text, Masking::masked);
    }

    /** Whether the id of an extension stays in values. One that is none of RingCentral's can hold anything. */
    boolean isShown(String extensionId) {
        return callId(extensionId).equals(extensionId);
    }

    /** A window; names are known from the directory. */
    byte[] withoutName(byte[] window) throws IOException {
        return this == ON && JsonLimits.tree(window) instanceof ObjectNode named
                ? named.without("scopeName").toString().getBytes(StandardCharsets.UTF_8)
                : window;
    }

    /** An entry of the directory. Names of queues and menus are not personal. */
    DirectoryEntry entry(DirectoryEntry entry) {
        @Nullable String name = entry.name();
        if (this == OFF || name == null || !entry.canBeAPerson()) {
            return entry;
        }
        return new DirectoryEntry(
                entry.accountId(),
                entry.extensionId(),
                masked(name),
                entry.type(),
                entry.site(),
                entry.department(),
                entry.timeZone());
    }

    /** A sentence with its numbers masked; those with fewer digits are counts. */
    public static String sentence(String text) {
        return NUMBER.matcher(text).replaceAll(number -> Matcher.quoteReplacement(masked(number.group())));
    }

    /** Of a number the last two digits; of a name, a word that stands for it. */
    static String masked(String text) {
        if (!DIALLED.matcher(text).matches()) {
            CRC32 hash = new CRC32();
            hash.update(text.getBytes(StandardCharsets.UTF_8));
            return String.format(Locale.ROOT, "Name %04x", hash.getValue() & 0xffff);
        }
        int digits = (int) text.chars().filter(Character::isDigit).count();
        StringBuilder masked = new StringBuilder(text.length());
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            masked.append(Character.isDigit(c) && ++seen <= digits - SHOWN ? 'X' : c);
        }
        return masked.toString();
    }
}
