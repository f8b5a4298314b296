package io.callweave.simulation;

/**
 * An extension of an account. Everything but its number follows from the account and the number, so that tests can name
 * extensions by the number alone.
 *
 * @param number the short number, digits only
 */
public record Extension(Account account, String number, String id, String name) {

    public Extension {
        if (!number.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("An extension's number is one to six digits, not \"" + number + "\"");
        }
    }

    static Extension of(Account account, String number, String name) {
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

    /** The extension as its colleagues see it, by its short number. */
    Contact contact() {
        return contact(number);
    }

    /** The extension as seen by someone who dialled, or was called from, this number. */
    Contact contact(String phoneNumber) {
        return new Contact(phoneNumber, name, id, null);
    }

    /** The device that the extension's calls come from. */
    String deviceId() {
        return "80" + id.substring(2);
    }
}
