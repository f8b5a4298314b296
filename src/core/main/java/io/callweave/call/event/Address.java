package io.callweave.call.event;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One end of a call leg, as the notification's {@code from} or {@code to} gave it; null is "not sent". */
public record Address(
        @Nullable String phoneNumber,
        @Nullable String name,
        @Nullable String extensionId,
        @Nullable String extensionNumber) {

    private static final Address NOTHING = new Address(null, null, null, null);

    /** See {@link PartyEvent#sharing}. */
    static @Nullable Address sharing(
            @Nullable Address address, @Nullable Address earlier, UnaryOperator<String> known) {
        if (address == null) {
            return null;
        }
        if (address.equals(earlier)) {
            return earlier;
        }
        Address other = earlier == null ? NOTHING : earlier;
        return new Address(
                Shared.text(address.phoneNumber, other.phoneNumber, known),
                Shared.text(address.name, other.name, known),
                Shared.text(address.extensionId, other.extensionId, known),
                Shared.text(address.extensionNumber, other.extensionNumber, known));
    }
}
