package io.callweave.notification.json;

import java.util.List;

public record JsonArray(List<JsonValue> elements) implements JsonValue {}
