package io.callweave.call.record;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.session.FoldedSession;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who calls, without the name of the queue that RingCentral puts before it, and without a number that stands for a name. */
final class CallerName {

    private CallerName() {}

    /**
     * The name of the one who calls.
     *
     * @param first the first session of the call
     * @param from of the call
     * @return null if there is no name
     */
    static @Nullable String of(FoldedSession first, @Nullable Address from) {
        List<QueueLabel> labels = labels(first);
        String name = from == null ? null : withoutQueue(from, labels);
        for (int i = labels.size() - 1; i >= 0 && name == null; i--) {
            name = labels.get(i).callerName();
        }
        return name;
    }

    private static @Nullable String withoutQueue(Address from, List<QueueLabel> labels) {
        String name = from.name();
        for (QueueLabel label : labels) {
            String caller = name == null ? null : label.callerIn(name);
            if (caller != null) {
                return isNumber(caller, from) ? null : caller;
            }
        }
        return name;
    }

    /** In order of sequence; most calls have none. */
    private static List<QueueLabel> labels(FoldedSession session) {
        List<QueueLabel> labels = List.of();
        for (PartyEvent event : session.session().events()) {
            QueueLabel label = event.facts().queueLabel();
            if (label != null) {
                labels = labels.isEmpty() ? new ArrayList<>() : labels;
                labels.add(label);
            }
        }
        return labels;
    }

    /** A caller without a name has the number in its place, without the plus. */
    private static boolean isNumber(String caller, Address from) {
        return from.phoneNumber() != null && from.phoneNumber().replace("+", "").equals(caller.replace("+", ""));
    }
}
