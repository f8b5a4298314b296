package io.callweave.record;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one normal form of a phone number, where it is certain: it begins with a plus, has nothing in it but digits and what
 * people put between them, and is a valid number of its country. What else RingCentral sends (short extensions, star codes,
 * masked numbers, "conference") has none: without a plus, the country of a number is unknown.
 */
final class E164 {

    private static final int PLACE_BITS = 13;
    private static final int SPREAD = 0x9E3779B1;

    /** No letters: the library takes them for those of a keypad, so the X of a masked number would become a 9. */
    private static final Pattern INTERNATIONAL = Pattern.compile("\\+[0-9][0-9 ().-]{5,30}");

    private static final int LONGEST = 32;

    /** Calls are with the same few numbers over and over, and a number is in a record many times. */
    private static final AtomicReferenceArray<@Nullable Known> KNOWN = new AtomicReferenceArray<>(1 << PLACE_BITS);

    private record Known(String phoneNumber, @Nullable String normal) {}

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
        int place = (phoneNumber.hashCode() * SPREAD) >>> (Integer.SIZE - PLACE_BITS);
        Known known = KNOWN.get(place);
        if (known == null || !known.phoneNumber().equals(phoneNumber)) {
            known = new Known(phoneNumber, parsed(phoneNumber));
            KNOWN.set(place, known);
        }
        return known.normal();
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
