package io.callweave.call.calllog;

import io.callweave.call.Call;
import io.callweave.call.CallDirection;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Status;
import io.callweave.call.session.Party;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What kind of call it was and how it ended, in the words of RingCentral's Call Log. */
public record CallResult(String type, String action, String result) {

    public static final CallResult UNKNOWN =
            new CallResult(CallLogTable.VOICE, CallLogTable.UNKNOWN, CallLogTable.UNKNOWN);

    public static final Comparator<PartyEvent> IN_TIME =
            Comparator.comparingLong(PartyEvent::eventTime).thenComparing(PartyEvent::place);

    public static CallResult of(Call call, CallDirection direction, boolean answered) {
        boolean fax = call.wasIn(Status.FAX_RECEIVE);
        return new CallResult(
                fax ? CallLogTable.FAX : CallLogTable.VOICE, action(call, fax), result(call, direction, fax, answered));
    }

    private static String action(Call call, boolean fax) {
        if (fax) {
            return CallLogTable.INCOMING_FAX;
        }
        if (call.isMonitoring()) {
            return CallLogTable.MONITORING;
        }
        if (call.first().isRingOut()) {
            return CallLogTable.RING_OUT_WEB;
        }
        return call.first().isConference() ? CallLogTable.CONFERENCE_CALL : CallLogTable.PHONE_CALL;
    }

    private static String result(Call call, CallDirection direction, boolean fax, boolean answered) {
        if (fax) {
            return CallLogTable.RECEIVED;
        }
        if (call.isMonitoring()) {
            return CallLogTable.CONNECTED;
        }
        if (answered) {
            return direction.isOutbound() ? CallLogTable.CONNECTED : CallLogTable.ACCEPTED;
        }
        if (call.wasIn(Status.VOICEMAIL)) {
            return CallLogTable.VOICEMAIL;
        }
        if (direction.isOutbound()) {
            return unanswered(call);
        }
        return call.parties().stream().anyMatch(Party::queueCall) ? CallLogTable.ABANDONED : CallLogTable.MISSED;
    }

    private static String unanswered(Call call) {
        return CallLogTable.unanswered(lastReason(call.events()));
    }

    /** The last reason that was sent: by time, then by sequence and party. */
    static @Nullable String lastReason(Stream<PartyEvent> events) {
        return events.filter(event -> event.facts().reason() != null)
                .max(IN_TIME)
                .map(event -> event.facts().reason())
                .orElse(null);
    }
}
