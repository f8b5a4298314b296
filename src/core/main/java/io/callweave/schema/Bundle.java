package io.callweave.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One schema with all that it refers to, so that it can be read without other files. What is referred to as a definition
 * stays one; what is referred to as a part of a definition, and the root, is copied to where it is meant.
 */
final class Bundle {

    private static final String REF = "$ref";
    private static final String DEFS = "$defs";
    private static final Pattern DEFINITION = Pattern.compile("/\\$defs/([^/]+)");

    private final Function<String, ObjectNode> files;
    private final Map<String, JsonNode> definitions = new TreeMap<>();

    private Bundle(Function<String, ObjectNode> files) {
        this.files = files;
    }

    /**
     * Puts it together.
     *
     * @param pointer to the schema in the file, empty for the whole file
     */
    static ObjectNode of(String file, String pointer, Function<String, ObjectNode> files) {
        Bundle bundle = new Bundle(files);
        ObjectNode source = ((ObjectNode) files.apply(file).at(pointer)).deepCopy();
        source.remove(DEFS);
        JsonNode ref = source.remove(REF);
        ObjectNode schema = (ObjectNode) bundle.resolved(source, file);
        if (ref != null) {
            bundle.addMissing(schema, ref.asText(), file);
        }
        if (!bundle.definitions.isEmpty()) {
            schema.putObject(DEFS).setAll(bundle.definitions);
        }
        return schema;
    }

    private JsonNode resolved(JsonNode node, String file) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(resolved(element, file)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            if (!member.getKey().equals(REF)) {
                copy.set(member.getKey(), resolved(member.getValue(), file));
            }
        });
        if (object.has(REF)) {
            refer(copy, object.get(REF).asText(), file);
        }
        return copy;
    }

    private void refer(ObjectNode from, String ref, String file) {
        var definition = DEFINITION.matcher(pointer(ref));
        if (!definition.matches()) {
            addMissing(from, ref, file);
            return;
        }
        String name = definition.group(1);
        from.put(REF, "#/$defs/" + name);
        if (!definitions.containsKey(name)) {
            // Before it is read: it could refer to itself.
            definitions.put(name, from);
            definitions.put(name, resolved(target(ref, file), file(ref, file)));
        }
    }

    /** What stands beside a reference says more than what is referred to. */
    private void addMissing(ObjectNode to, String ref, String file) {
        resolved(target(ref, file), file(ref, file)).properties().forEach(member -> {
            if (!to.has(member.getKey()) && !member.getKey().equals(DEFS)) {
                to.set(member.getKey(), member.getValue());
            }
        });
    }

    private JsonNode target(String ref, String file) {
        JsonNode target = files.apply(file(ref, file)).at(pointer(ref));
        if (target.isMissingNode()) {
            throw new IllegalStateException("The schema " + file + " refers to " + ref + ", which is not there.");
        }
        return target;
    }

    private static String file(String ref, String file) {
        String named = ref.substring(0, ref.indexOf('#'));
        return named.isEmpty() ? file : named;
    }

    private static String pointer(String ref) {
        return ref.substring(ref.indexOf('#') + 1);
    }
}
