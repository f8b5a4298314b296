package io.callweave.directory;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a CSV file of extensions. Their names are those of the fields, or the shorter ones that people use.
 */
public enum DirectoryColumn {
    ACCOUNT(DirectoryEntry::accountId, "account", "accountId"),
    EXTENSION(DirectoryEntry::extensionId, "extension", "extensionId"),
    NAME(DirectoryEntry::name, "name"),
    TYPE(DirectoryEntry::type, "type"),
    SITE(DirectoryEntry::site, "site"),
    DEPARTMENT(DirectoryEntry::department, "department"),
    TIME_ZONE(DirectoryEntry::timeZone, "timeZone");

    /** In characters: a department is part of the key of its windows, and PostgreSQL has no key of over 2,704 bytes. */
    static final int LONGEST = 255;

    private static final List<String> TYPES = List.of(DirectoryEntry.USER, DirectoryEntry.QUEUE, DirectoryEntry.IVR);
    private static final Map<String, String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .collect(Collectors.toUnmodifiableMap(zone -> zone.toLowerCase(Locale.ROOT), zone -> zone));
    private static final Pattern ID = Pattern.compile("[0-9]{1,100}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** What spreadsheets make of a long id that they read as a number: 6.2242E+10, or 62242421016.0. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+([.,][0-9]*)?[eE][+]?[0-9]+|[0-9]+[.,]0+");

    private final Function<DirectoryEntry, @Nullable String> field;
    private final List<String> names;

    DirectoryColumn(Function<DirectoryEntry, @Nullable String> field, String... names) {
        this.field = field;
        this.names = List.of(names);
    }

    /** Whether it can be the id of an account or extension: those of RingCentral are numbers. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The name that is written to files. */
    public String title() {
        return names.get(0);
    }

    /** The value of an entry in this column. */
    @Nullable
    public String in(DirectoryEntry entry) {
        return field.apply(entry);
    }

    /** The column of a heading, in any spelling: {@code Time zone} is {@code timeZone}. */
    static Optional<DirectoryColumn> of(String heading) {
        String plain = plain(heading);
        return Arrays.stream(values())
                .filter(column ->
                        column.names.stream().anyMatch(name -> plain(name).equals(plain)))
                .findFirst();
    }

    static String titles() {
        return Arrays.stream(values()).map(DirectoryColumn::title).collect(Collectors.joining(", "));
    }

    private static String plain(String heading) {
        return heading.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }

    /** The stored form of a value, in any case in the file. */
    String spelled(String value) {
        return switch (this) {
            case TYPE -> value.toLowerCase(Locale.ROOT);
            case TIME_ZONE -> ZONES.getOrDefault(value.toLowerCase(Locale.ROOT), value);
            case ACCOUNT, EXTENSION, NAME, SITE, DEPARTMENT -> value;
        };
    }

    /**
     * What is wrong with a present, {@link #spelled} value; null if nothing is.
     *
     * @return text to follow the name of the column
     */
    @Nullable
    String check(String value) {
        if (value.length() > LONGEST) {
            return "has " + value.length() + " characters; at most " + LONGEST + " are taken";
        }
        if (CONTROL.matcher(value).find()) {
            return "has a control character in it, such as a line break";
        }
        return switch (this) {
            case ACCOUNT, EXTENSION -> isId(value) ? null : "is \"" + value + "\"; " + idFault(value);
            case TYPE ->
                TYPES.contains(value)
                        ? null
                        : "is \"" + value + "\"; it must be one of " + String.join(", ", TYPES)
                                + ", or empty for a user";
            case TIME_ZONE ->
                isZone(value)
                        ? null
                        : "is \"" + value + "\"; it must be the name of a time zone, such as Europe/Berlin";
            case NAME, SITE, DEPARTMENT -> null;
        };
    }

    private static String idFault(String value) {
        return NUMBER.matcher(value).matches()
                ? "a spreadsheet took the id for a number; make the column text there, and enter the ids, digits only,"
                        + " again"
                : "it must be RingCentral's id, 1 to 100 digits and nothing else";
    }

    private static boolean isZone(String value) {
        try {
            ZoneId.of(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
