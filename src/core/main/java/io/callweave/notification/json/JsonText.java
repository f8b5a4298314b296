package io.callweave.notification.json;

import org.jspecify.annotations.Nullable;

record JsonText(String value) implements JsonValue {

    @Override
    public @Nullable String text() {
        return value.isEmpty() ? null : value;
    }
}
