package io.callweave.notification.json;

/** What kind of value something is, without what it says: examples of it can be logged. */
public final class JsonShape {

    private static final int MOST_CHARACTERS = 120;

    private final StringBuilder shape = new StringBuilder();

    private JsonShape() {}

    /** The value as JSON of at most 120 characters, in which every text is {@code ***} and every number 0. */
    public static String of(JsonValue value) {
        JsonShape made = new JsonShape();
        made.append(value);
        return made.isFull() ? made.shape.substring(0, MOST_CHARACTERS - 1) + "\u2026" : made.shape.toString();
    }

    /** Of a name nothing that steers a log, and no digits that could be a number of somebody. */
    public static String name(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.$ -]", "?").replaceAll("\\p{N}{3,}", "#");
        return plain.length() <= MOST_CHARACTERS ? plain : plain.substring(0, MOST_CHARACTERS - 1) + "\u2026";
    }

    private void append(JsonValue value) {
        if (isFull()) {
            return;
        }
        if (value instanceof JsonObject object) {
            String[] before = {"{"};
            object.forEach((name, member) -> {
                if (!isFull()) {
                    shape.append(before[0]).append('"').append(name(name)).append("\":");
                    append(member);
                    before[0] = ",";
                }
            });
            shape.append(before[0].equals("{") ? "{}" : "}");
        } else if (value instanceof JsonArray array) {
            shape.append('[');
            array.elements().stream().limit(1).forEach(this::append);
            shape.append(array.elements().size() > 1 ? ",\u2026]" : "]");
        } else if (value instanceof JsonText) {
            shape.append("\"***\"");
        } else if (value instanceof JsonNumber) {
            shape.append('0');
        } else {
            Boolean flag = value.flag();
            shape.append(flag == null ? "null" : flag.toString());
        }
    }

    private boolean isFull() {
        return shape.length() > MOST_CHARACTERS;
    }
}
