package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.fact.FactNotice;
import io.callweave.notification.EnvelopeIds;
import io.callweave.notification.Rejection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of one line of the files.
 *
 * @param source file and line number
 * @param receivedAt when it is received; null for a line that is never put on a topic
 * @param receiptKnown whether somebody knows when it was received; else the time is that of the recording
 * @param known what is known about it even if it cannot be used
 * @param events the usable events
 * @param fact the later fact that it is; null if it is none
 * @param rejection why it, or a party in it, cannot be used; null if all of it can
 */
public record RecordedLine(
        String source,
        @Nullable Long receivedAt,
        boolean receiptKnown,
        EnvelopeIds known,
        List<PartyEvent> events,
        @Nullable Fact fact,
        @Nullable Rejection rejection) {

    /**
     * A later fact.
     *
     * @param value the notification as it is kept
     */
    public record Fact(FactNotice notice, byte[] value) {}

    public RecordedLine {
        events = List.copyOf(events);
    }
}
