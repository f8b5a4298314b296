package io.callweave.console.view;

import org.jspecify.annotations.Nullable;

/** What a party does while it has a status. */
final class PartyState {

    private PartyState() {}

    /**
     * The word for it; null for what is not drawn.
     *
     * @param role of its lane
     */
    static @Nullable String of(@Nullable String status, String role) {
        return switch (status == null ? "" : status) {
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
