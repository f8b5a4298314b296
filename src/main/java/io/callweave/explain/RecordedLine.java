package io.callweave.explain;

import io.callweave.call.PartyEvent;
import io.callweave.notification.Known;
import io.callweave.notification.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read on one line of the files.
 *
 * @param source file and line number
 * @param receivedAt when it is received, by the time of the recording; null for one that is never put on a topic
 * @param known what is known of it even if it is of no use
 * @param events those that can be used
 * @param rejection why it, or a party in it, cannot be used; null if all of it can
 */
public record RecordedLine(
        String source,
        @Nullable Long receivedAt,
        Known known,
        List<PartyEvent> events,
        @Nullable Rejection rejection) {

    public RecordedLine {
        events = List.copyOf(events);
    }
}
