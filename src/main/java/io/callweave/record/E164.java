package io.callweave.record;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one normal form of a phone number, where it is certain: it begins with a plus, has nothing in it but digits and what
 * people put between them, and is a valid number of its country. What else RingCentral sends (short extensions, star codes,
 * masked numbers, "conference") has none: without a plus, nobody knows of which country a number is.
 */
final class E164 {

    private static final int REMEMBERED = 4096;

    /** No letters: the library takes them for those of a keypad, so the X of a masked number would become a 9. */
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+[0-9][0-9 ().-]{5,30}");

    private static final int LONGEST = 32;

    /** Calls are with the same few numbers over and over, and a number is in a record many times. */
    private static final Map<String, Optional<String>> KNOWN = Collections.synchronizedMap(new Latest());

    private static final class Latest extends LinkedHashMap<String, Optional<String>> {

        private static final long serialVersionUID = 1;

        Latest() {
            super(2 * REMEMBERED, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
            return size() > REMEMBERED;
        }
    }

    private E164() {}

    /**
     * The normal form of a number.
     *
     * @param phoneNumber as sent
     * @return a plus and digits, null if that is not certain
     */
    static @Nullable String of(@Nullable String phoneNumber) {
        if (phoneNumber == null || !phoneNumber.startsWith("+") || phoneNumber.length() > LONGEST) {
            return null;
        }
        Optional<String> known = KNOWN.get(phoneNumber);
        if (known == null) {
            known = Optional.ofNullable(parsed(phoneNumber));
            KNOWN.put(phoneNumber, known);
        }
        return known.orElse(null);
    }

    private static @Nullable String parsed(String phoneNumber) {
        if (!INTERNATIONAL.matcher(phoneNumber).matches()) {
            return null;
        }
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = util.parse(phoneNumber, null);
            return util.isValidNumber(number) ? util.format(number, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
