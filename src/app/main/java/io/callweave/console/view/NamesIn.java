package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.Set;
import java.util.TreeSet;

/** The extensions of a call, with their names in the directory. */
public final class NamesIn {

    private static final Set<String> IDS = Set.of("extensionId", "queueExtensionId");

    private NamesIn() {}

    /**
     * Names by extension; those that the directory does not know are left out.
     *
     * @param call a record or a live call
     */
    public static ObjectNode of(JsonNode call, DirectoryLookup directory) {
        return of(call.path("accountId").asText(), extensions(call), directory);
    }

    /** Names of these extensions. */
    public static ObjectNode of(String account, Set<String> extensions, DirectoryLookup directory) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        for (String id : extensions) {
            DirectoryEntry entry = directory.find(account, id);
            if (entry != null && entry.name() != null) {
                names.put(id, Printable.of(entry.name()));
            }
        }
        return names;
    }

    /** The ids of all extensions in it. */
    public static Set<String> extensions(JsonNode call) {
        Set<String> ids = new TreeSet<>();
        collect(call, ids);
        return ids;
    }

    private static void collect(JsonNode json, Set<String> ids) {
        for (String field : IDS) {
            String id = Json.text(json, field);
            if (id != null) {
                ids.add(id);
            }
        }
        json.forEach(child -> {
            if (child.isContainerNode()) {
                collect(child, ids);
            }
        });
    }
}
