package io.callweave.simulation.platform;

/**
 * An extension of an account. The account and the number decide everything else, so that tests can name extensions by
 * number alone.
 *
 * @param number the short number, digits only
 */
public record Extension(SimulatedAccount account, String number, String id, String name) {

    public Extension {
        if (!number.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("An extension's number is one to six digits, not \"" + number + "\"");
        }
    }

    static Extension of(SimulatedAccount account, String number, String name) {
        String digits = account.id();
        return new Extension(
                account,
                number,
                "62" + "0".repeat(6 - number.length()) + number + digits.substring(digits.length() - 3),
                name);
    }

    /** The number that reaches the extension from outside. */
    public String directNumber() {
        return "+15550" + "2" + "0".repeat(6 - number.length()) + number;
    }

    /** The extension as colleagues see it, with its short number. */
    public Contact contact() {
        return contact(number);
    }

    /** The extension as seen by somebody who dialled this number, or was called from it. */
    public Contact contact(String phoneNumber) {
        return new Contact(phoneNumber, name, id, null);
    }

    /** Another device of the same user. */
    public String secondDeviceId() {
        return "81" + id.substring(2);
    }

    /** Whether the subscriber may answer its calls, and so receives its SIP data: four of five. */
    boolean sharesSipData() {
        return Integer.parseInt(number) % 5 != 0;
    }

    /** The device that the extension calls from. */
    public String deviceId() {
        return "80" + id.substring(2);
    }
}
