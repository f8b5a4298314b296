package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.ringcentral.RingCentralException.Trouble;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What RingCentral knows of the recordings of one account. Of the usage group Heavy, 10 requests a minute. */
public final class Recordings {

    /** The permission of the app. */
    public static final String PERMISSION = "ReadCallRecording";

    /**
     * Who sends a notification chooses the id, and what is asked for has the permissions of the app: it must be no other
     * path.
     */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Client client;
    private final String account;

    Recordings(Client client, String account) {
        this.client = client;
        this.account = account;
    }

    /**
     * What was said of one.
     *
     * @param metadata null if RingCentral does not have it, or not yet
     * @param pause how long to leave the rest of the limit to other requests of the app; null if RingCentral does not say
     */
    public record Answer(
            @Nullable JsonNode metadata, @Nullable Duration pause) {}

    /**
     * Asks for the metadata of one. RingCentral has none whose id is no word.
     *
     * @throws RingCentralException if RingCentral does not answer
     */
    public Answer get(String id) {
        if (!isId(id)) {
            return new Answer(null, null);
        }
        try {
            Client.Answer answer = client.ask("GET", path(account, id), null);
            Usage usage = answer.usage();
            return new Answer(answer.body(), usage == null ? null : usage.pause());
        } catch (RingCentralException e) {
            if (e.trouble() == Trouble.GONE) {
                return new Answer(null, null);
            }
            throw e;
        }
    }

    /** Whether one can have this id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** Where its metadata is; also the {@code event} of the notification that says it is ready. */
    public static String path(String account, String id) {
        return "/restapi/v1.0/account/" + account + "/recording/" + id;
    }
}
