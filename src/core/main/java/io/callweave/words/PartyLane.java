package io.callweave.words;

import io.callweave.call.event.PartyRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A party as a lane of a picture. Times are milliseconds since the epoch.
 *
 * @param session index of its session, in the order of the call
 * @param role agent, caller, menu, queue, supervisor, voicemail or other
 * @param answered whether it was Answered; of a live call, whether it is
 * @param note what its bars do not show; null if there is nothing
 * @param events the beginning of each of its statuses
 */
public record PartyLane(
        PartyRef ref,
        String label,
        int session,
        String role,
        boolean answered,
        @Nullable String note,
        List<Span> spans,
        List<Event> events) {

    /**
     * What the party did for a time.
     *
     * @param to null while it goes on
     */
    public record Span(long from, @Nullable Long to, String state) {}

    /** A status began. */
    public record Event(long at, String status) {}

    /** What a party does while it has a status, such as talking; null for what is not drawn. */
    public static @Nullable String state(String status, String role) {
        return switch (status) {
            case "Setup" -> role.equals("menu") ? "menu" : role.equals("queue") ? "waiting" : null;
            case "Proceeding" -> role.equals("queue") ? "waiting" : "ringing";
            case "Answered" -> role.equals("menu") ? "menu" : role.equals("queue") ? "waiting" : "talking";
            case "Hold" -> "hold";
            case "Parked" -> "parked";
            case "Voicemail", "VMScreening" -> "voicemail";
            case "FaxReceive" -> "fax";
            default -> null;
        };
    }
}
