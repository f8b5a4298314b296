package io.callweave.notification;

import org.jspecify.annotations.Nullable;

enum JsonLiteral implements JsonValue {
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String json;

    JsonLiteral(String json) {
        this.json = json;
    }

    @Override
    public @Nullable Boolean flag() {
        return this == NULL ? null : Boolean.valueOf(this == TRUE);
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append(json);
    }
}
