package io.callweave.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.value.Field;
import io.callweave.value.Keyword;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values as their descriptions allow them, with texts that tables of other formats trip over. */
record RandomValues(Random random) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "Ann",
            "Sales, south",
            "a \"quoted\" name",
            "two\nlines\r\nthree",
            "=1+1",
            "+15550100001",
            "-",
            "\uD83D\uDE00 emoji",
            "caf\u00e9",
            "null",
            "'");

    ObjectNode value(ValueType<?> type) {
        ObjectNode value = NODES.objectNode();
        for (Field<?> field : type.fields()) {
            if (field.isNullable() && random.nextInt(4) == 0) {
                value.putNull(field.name());
            } else {
                put(value, field);
            }
        }
        return value;
    }

    private void put(ObjectNode value, Field<?> field) {
        String name = field.name();
        switch (field.type()) {
            case TEXT -> value.put(name, text(field.meaning().keywords()));
            case TIME -> value.put(name, Timestamps.iso(random.nextLong(0, 4_000_000_000_000L)));
            case INTEGER, MILLISECONDS, SECONDS -> value.put(name, random.nextLong(0, 1L << 53));
            case RATIO -> value.put(name, BigDecimal.valueOf(random.nextInt(10_001), 4));
            case FLAG -> value.put(name, random.nextBoolean());
            case OBJECT -> value.set(name, value(field.of()));
            case JSON -> value.putObject(name).put("x", text());
            case OBJECTS -> {
                ArrayNode list = value.putArray(name);
                few(() -> list.add(value(field.of())));
            }
            case TEXTS -> {
                ArrayNode list = value.putArray(name);
                few(() -> list.add("word" + random.nextInt(3)));
            }
            case RANGES -> {
                ArrayNode list = value.putArray(name);
                few(() -> list.addArray().add(random.nextInt(9)).add(random.nextInt(9)));
            }
        }
    }

    private void few(Runnable one) {
        for (int i = random.nextInt(3); i > 0; i--) {
            one.run();
        }
    }

    /** One of the known words, if the field has some. */
    private String text(Map<Keyword, Object> keywords) {
        Object words = keywords.getOrDefault(Keyword.ENUM, keywords.get(Keyword.KNOWN_VALUES));
        return words instanceof List<?> list ? String.valueOf(list.get(random.nextInt(list.size()))) : text();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
