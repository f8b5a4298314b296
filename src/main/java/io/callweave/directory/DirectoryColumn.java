package io.callweave.directory;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a CSV file of extensions. Their names are those of the fields, or the shorter ones that people write. */
enum DirectoryColumn {
    ACCOUNT("account", "accountId") {
        @Override
        @Nullable
        String fault(String value) {
            return idFault(value);
        }
    },
    EXTENSION("extension", "extensionId") {
        @Override
        @Nullable
        String fault(String value) {
            return idFault(value);
        }
    },
    NAME("name"),
    TYPE("type") {
        @Override
        @Nullable
        String fault(String value) {
            return TYPES.contains(value.toLowerCase(Locale.ROOT))
                    ? null
                    : "is \"" + value + "\"; it must be one of " + String.join(", ", TYPES) + ", or empty for a user";
        }
    },
    SITE("site"),
    DEPARTMENT("department"),
    TIME_ZONE("timeZone") {
        @Override
        @Nullable
        String fault(String value) {
            try {
                ZoneId.of(value);
                return null;
            } catch (DateTimeException e) {
                return "is \"" + value + "\"; it must be the name of a time zone, such as Europe/Berlin";
            }
        }
    };

    private static final int LONGEST = 1_000;
    private static final List<String> TYPES = List.of(DirectoryEntry.USER, DirectoryEntry.QUEUE, DirectoryEntry.IVR);
    private static final Pattern ID = Pattern.compile("[^/\\s\\p{Cntrl}]{1,100}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<String> names;

    DirectoryColumn(String... names) {
        this.names = List.of(names);
    }

    /** The name that is written. */
    String title() {
        return names.get(0);
    }

    /** The column that a heading means, whatever its spelling: {@code Time zone} is {@code timeZone}. */
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

    /**
     * What is wrong with a value that is there; null if nothing is.
     *
     * @return what can stand behind the name of the column
     */
    @Nullable
    String check(String value) {
        if (value.length() > LONGEST) {
            return "has " + value.length() + " characters; at most " + LONGEST + " are taken";
        }
        return CONTROL.matcher(value).find() ? "has a control character in it, such as a line break" : fault(value);
    }

    @Nullable
    String fault(String value) {
        return null;
    }

    private static @Nullable String idFault(String value) {
        return ID.matcher(value).matches()
                ? null
                : "is \"" + value + "\"; it must be 1 to 100 characters without slashes and spaces";
    }
}
