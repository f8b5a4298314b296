package io.callweave.record;

import java.util.Locale;

/** The constants of enumerations as values have them. */
final class EnumNames {

    private EnumNames() {}

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
