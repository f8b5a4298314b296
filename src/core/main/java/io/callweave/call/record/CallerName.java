package io.callweave.call.record;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.session.FoldedSession;
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
        String name = from == null ? null : from.name();
        boolean labelled = false;
        String ofName = null;
        String last = null;
        for (PartyEvent event : first.session().events()) {
            QueueLabel label = event.facts().queueLabel();
            if (label == null) {
                continue;
            }
            last = label.callerName() == null ? last : label.callerName();
            Address sent = event.facts().from();
            if (name != null && sent != null && name.equals(sent.name())) {
                labelled = true;
                ofName = label.callerName();
            }
        }
        if (name != null && !labelled) {
            return name;
        }
        return ofName == null ? last : ofName;
    }
}
