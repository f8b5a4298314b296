package io.callweave.console.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.AnsweredBy;
import io.callweave.call.event.Address;
import io.callweave.call.live.LiveCall;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The extensions of a call, with their names in the directory. */
public final class NamesIn {

    private NamesIn() {}

    /** Names by extension; those that the directory does not know are left out. */
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

    /** The ids of all extensions of a record. */
    public static Set<String> extensions(CallRecord call) {
        Set<String> ids = new TreeSet<>();
        addEnds(ids, call.from(), call.to(), call.answeredBy());
        call.queues().forEach(queue -> add(ids, queue.queueExtensionId()));
        for (PartyRecord party : call.parties()) {
            add(ids, party.extensionId(), party.queueExtensionId());
            addEnds(ids, party.from(), party.to(), null);
        }
        call.graph().numbers().forEach(number -> add(ids, number.extensionId()));
        return ids;
    }

    /** The ids of all extensions of a call that goes on. */
    public static Set<String> extensions(LiveCall call) {
        Set<String> ids = new TreeSet<>();
        addEnds(ids, call.from(), call.to(), call.answeredBy());
        call.parties().forEach(party -> add(ids, party.extensionId(), party.queueExtensionId()));
        return ids;
    }

    private static void addEnds(
            Set<String> ids, @Nullable Address from, @Nullable Address to, @Nullable AnsweredBy answeredBy) {
        add(ids, from == null ? null : from.extensionId(), to == null ? null : to.extensionId());
        if (answeredBy != null) {
            add(ids, answeredBy.extensionId(), answeredBy.queueExtensionId());
        }
    }

    private static void add(Set<String> ids, @Nullable String... found) {
        for (String id : found) {
            if (id != null) {
                ids.add(id);
            }
        }
    }
}
