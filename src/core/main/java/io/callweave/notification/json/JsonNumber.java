package io.callweave.notification.json;

/** A number as written: {@code 1}, {@code 1.0} and {@code 1e0} differ. */
record JsonNumber(String digits) implements JsonValue {

    @Override
    public String id() {
        return digits;
    }
}
