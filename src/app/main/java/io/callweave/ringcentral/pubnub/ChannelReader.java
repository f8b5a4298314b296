package io.callweave.ringcentral.pubnub;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.ringcentral.AnswerReader;
import io.callweave.ringcentral.AnswerRoom;
import io.callweave.ringcentral.Channel;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.ServerAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;

/**
 * Reads one channel by PubNub's "Subscribe v2" (pubnub.com/docs/sdks/rest-api/subscribe-v-2): PubNub answers when there is a
 * message, or after some minutes without one. What a long answer brings takes room of all readers
 * until the next {@link #read}, or {@link #close}.
 */
public final class ChannelReader implements AutoCloseable {

    private static final int OK = 200;

    /** PubNub keeps 100 messages of up to 32 KiB. */
    private static final long LONGEST = Math.min(4L << 20, Runtime.getRuntime().maxMemory() / 64);

    /** Each is a record, however short it is. */
    private static final int MOST_MESSAGES = 10 * Batch.MOST;

    private final HttpClient http;
    private final String address;
    private final Decryption decryption;
    private final Duration patience;
    private AnswerRoom room = new AnswerRoom();

    /**
     * Reads nothing yet.
     *
     * @param server PubNub's address
     * @param patience how long to wait for an answer; a shorter one notices earlier that PubNub cannot be reached
     */
    public ChannelReader(HttpClient http, URI server, Channel channel, Duration patience) {
        this.http = http;
        this.patience = patience;
        address = server.resolve(
                        "/v2/subscribe/" + encoded(channel.subscriberKey()) + "/" + encoded(channel.name()) + "/0")
                + "?pnsdk=Callweave&uuid=callweave-" + UUID.randomUUID();
        decryption = new Decryption(channel.encryptionKey());
    }

    /** What comes after the cursor. What came before it is not needed any longer. Fails with a {@link RingCentralException} or with the exceptions of the HTTP client. */
    public CompletableFuture<Batch> read(Cursor after) {
        room.close();
        AnswerRoom taken = new AnswerRoom();
        room = taken;
        String region = after.region() == 0 ? "" : "&tr=" + after.region();
        return AnswerReader.OF_PUBNUB
                .ask(http.newRequest(URI.create(address + "&tt=" + after.timetoken() + region)), patience, taken)
                .thenApply(this::batch)
                .whenComplete((batch, failure) -> {
                    if (failure != null) {
                        taken.close();
                    }
                });
    }

    /** Whether what the last answer brought is long, and takes room that others may wait for. */
    public boolean isHeld() {
        return room.isTaken();
    }

    /** What the last answer brought is not needed any longer. */
    @Override
    public void close() {
        room.close();
    }

    private Batch batch(ServerAnswer answer) {
        if (answer.status() != OK) {
            throw RingCentralException.unavailable("PubNub answers with status " + answer.status() + ".");
        }
        JsonNode body = answer.body();
        String timetoken = body.at("/t/t").asText("");
        Cursor next = Cursor.parse(timetoken + "." + body.at("/t/r").asInt()).orElseThrow(ChannelReader::unreadable);
        List<String> messages = new ArrayList<>();
        long length = 0;
        for (JsonNode message : body.path("m")) {
            if (message.path("e").asInt() == 0) { // others are signals and the like
                String text = text(message.path("d"));
                length += text.length();
                messages.add(text);
            }
        }
        if (length > LONGEST || messages.size() > MOST_MESSAGES) {
            throw RingCentralException.tooMuch(String.format(
                    Locale.ROOT,
                    "PubNub answers with messages of more than %,d characters, or with more than %,d.",
                    LONGEST,
                    MOST_MESSAGES));
        }
        return new Batch(messages, next);
    }

    private String text(JsonNode payload) {
        return payload.isTextual() ? decryption.of(payload.asText()) : payload.toString();
    }

    private static RingCentralException unreadable() {
        return RingCentralException.unavailable("PubNub's server does not answer as PubNub does.");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
