package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parties of a live call without supervisors and bridges: who of them calls, who talks, and which are queues or menus. */
final class LiveParties {

    private final JsonNode live;
    private final DirectoryLookup directory;
    private final List<JsonNode> all;

    LiveParties(JsonNode live, DirectoryLookup directory) {
        this.live = live;
        this.directory = directory;
        all = Json.stream(live.path("parties"))
                .filter(party -> !Json.is(party, "role", "supervisor", "bridge"))
                .toList();
    }

    Stream<JsonNode> stream() {
        return all.stream();
    }

    /** Whether the caller is in the call; of a call to the outside, the other side, whom a transfer can bring to a queue. */
    boolean hasCaller() {
        return all.stream().anyMatch(this::isCaller);
    }

    /**
     * RingCentral's caller is an Outbound party, without an extension if he calls from outside. In such a call, an Outbound party
     * with an extension is a phone of an agent who switched devices.
     */
    private boolean isCaller(JsonNode party) {
        if (isMachine(party) || isOfQueue(party)) {
            return false;
        }
        if (live.path("internal").asBoolean()) {
            return Json.is(party, "direction", "Outbound");
        }
        return Json.text(party, "extensionId") == null
                && (Json.is(live, "direction", "Outbound") || Json.is(party, "direction", "Outbound"));
    }

    /** Whether somebody is in the call who was not called by a queue. */
    boolean hasSomebody() {
        return all.stream().anyMatch(party -> !isMachine(party) && !isOfQueue(party));
    }

    /** The people who talk to the caller, or keep him on hold. */
    Stream<JsonNode> talking() {
        return all.stream()
                .filter(party -> !isMachine(party) && !isCaller(party))
                .filter(party -> Json.is(party, "status", "Answered", "Hold"));
    }

    boolean isOfQueue(JsonNode party) {
        return Json.text(party, "queueExtensionId") != null || isQueue(party);
    }

    boolean isQueue(JsonNode party) {
        return Json.is(party, "role", "queue")
                || type(party).filter(DirectoryEntry.QUEUE::equals).isPresent();
    }

    boolean isMachine(JsonNode party) {
        return Json.is(party, "role", "queue") || type(party).isPresent();
    }

    /** Queue or menu; empty for people, and for what the directory does not know. */
    Optional<String> type(JsonNode party) {
        String extension = Json.text(party, "extensionId");
        DirectoryEntry entry =
                extension == null ? null : directory.find(live.path("accountId").asText(), extension);
        return Optional.ofNullable(entry)
                .map(DirectoryEntry::type)
                .filter(type -> type.equals(DirectoryEntry.QUEUE) || type.equals(DirectoryEntry.IVR));
    }
}
