package io.callweave.notification;

enum JsonLiteral implements JsonValue {
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String json;

    JsonLiteral(String json) {
        this.json = json;
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append(json);
    }
}
