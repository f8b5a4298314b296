package io.callweave.notification;

import java.util.List;

record JsonArray(List<JsonValue> elements) implements JsonValue {

    @Override
    public void writeTo(StringBuilder out) {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            elements.get(i).writeTo(out);
        }
        out.append(']');
    }
}
