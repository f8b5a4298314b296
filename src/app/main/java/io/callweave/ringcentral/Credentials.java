package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an app signs in with. Never shows the secrets.
 *
 * @param clientId of the app, as the developer console shows it
 * @param jwt of the user that the app acts for
 */
public record Credentials(String clientId, String clientSecret, String jwt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS_OF_A_JWT = 3;

    public Credentials {
        require("client id", clientId);
        require("client secret", clientSecret);
        require("JWT", jwt);
    }

    /** When the JWT expires; null if it does not, or does not say so in a form that can be read. */
    public @Nullable Instant jwtExpires() {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != PARTS_OF_A_JWT) {
            return null;
        }
        try {
            JsonNode expires =
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return expires.canConvertToLong() ? Instant.ofEpochSecond(expires.asLong()) : null;
        } catch (IOException | RuntimeException unreadable) {
            return null; // RingCentral judges it
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + clientId + "]";
    }

    private static void require(String what, String value) {
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The " + what + " is empty or has control characters.");
        }
    }
}
