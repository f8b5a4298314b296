package io.callweave.notification.json;

import org.jspecify.annotations.Nullable;

enum JsonLiteral implements JsonValue {
    TRUE,
    FALSE,
    NULL;

    @Override
    public @Nullable Boolean flag() {
        return this == NULL ? null : Boolean.valueOf(this == TRUE);
    }
}
