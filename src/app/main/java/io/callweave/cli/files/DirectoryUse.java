package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.cli.common.Messages;
import io.callweave.directory.DirectoryEntry;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which extensions of a directory have calls: none, if the ids in it are others than those of the notifications. It
 * takes three fields out of a row, for which a reader of rows would not pay.
 */
public final class DirectoryUse {

    private final Set<String> known;
    private final Set<String> used = new HashSet<>();

    public DirectoryUse(Collection<DirectoryEntry> directory) {
        known = directory.stream().map(DirectoryEntry::key).collect(Collectors.toSet());
    }

    /**
     * Takes a party row.
     *
     * @param row null for a tombstone
     */
    public void row(byte @Nullable [] row) throws IOException {
        if (row == null) {
            return;
        }
        JsonNode json = JsonLimits.tree(row);
        for (String field : List.of("extensionId", "queueExtensionId")) {
            String key = DirectoryEntry.key(
                    json.path("accountId").asText(), json.path(field).asText());
            if (known.contains(key)) {
                used.add(key);
            }
        }
    }

    public String summary() {
        return used.size() + " of " + Messages.count(known.size(), "extension")
                + " in the directory took part in calls.";
    }
}
