package io.callweave.notification;

import com.fasterxml.jackson.core.JsonToken;
import io.callweave.notification.json.JsonObject;
import io.callweave.notification.json.JsonTokens;
import io.callweave.notification.json.SentValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an envelope to its end in one pass, with its members in any order. Of members with the same name, the last one
 * counts. Members that are not needed are checked to be JSON, without building objects.
 */
final class EnvelopeScanner {

    private static final String OLD_ENVELOPE = "pn_apns";

    private final JsonTokens tokens;
    private final int maxParties;

    /** @param maxParties builds no objects of further ones; with 0, reads only the key of a notification */
    EnvelopeScanner(JsonTokens tokens, int maxParties) {
        this.tokens = tokens;
        this.maxParties = maxParties;
    }

    /** The envelope in the value that begins with the current token; null if it holds none. */
    @Nullable
    Envelope scan() throws IOException {
        return tokens.current() == JsonToken.START_ARRAY ? frame() : envelope();
    }

    /** A WebSocket frame: {@code [header, envelope]}. */
    private @Nullable Envelope frame() throws IOException {
        Envelope second = null;
        int elements = 0;
        while (tokens.next() != JsonToken.END_ARRAY) {
            elements++;
            if (elements == 2) {
                second = envelope();
            } else {
                tokens.skipChildren();
            }
        }
        return elements == 2 ? second : null;
    }

    private @Nullable Envelope envelope() throws IOException {
        if (tokens.current() != JsonToken.START_OBJECT) {
            tokens.skipChildren();
            return null;
        }
        Envelope outer = new Envelope();
        Envelope inner = null;
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            if (name.equals(OLD_ENVELOPE)) {
                inner = innerEnvelope();
            } else {
                member(name, outer);
            }
        }
        return inner != null ? inner : outer;
    }

    /** Notifications for Apple's push service carry the envelope one level deeper. */
    private @Nullable Envelope innerEnvelope() throws IOException {
        if (tokens.current() != JsonToken.START_OBJECT) {
            tokens.skipChildren();
            return null;
        }
        Envelope envelope = new Envelope();
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            member(name, envelope);
        }
        return envelope;
    }

    private void member(String name, Envelope envelope) throws IOException {
        switch (name) {
            case "event" -> envelope.event = text();
            case "timestamp" -> envelope.timestamp = text();
            case "body" -> envelope.body = body();
            default -> tokens.skipChildren();
        }
    }

    private Envelope.Body body() throws IOException {
        Envelope.Body body = new Envelope.Body();
        if (tokens.current() != JsonToken.START_OBJECT) {
            tokens.skipChildren();
            return body;
        }
        body.from = tokens.begin();
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            switch (name) {
                case "telephonySessionId" -> body.telephonySessionId = id();
                case "sourceSessionId" -> body.sourceSessionId = id();
                case "accountId" -> body.accountId = id();
                case "parties" -> parties(body);
                default -> contentMember(name, body);
            }
        }
        body.to = tokens.end();
        return body;
    }

    private void contentMember(String name, Envelope.Body body) throws IOException {
        switch (maxParties == 0 ? "" : name) {
            case "sequence" -> {
                body.sequence = SequenceNumber.read(tokens);
                tokens.skipChildren();
            }
            case "eventTime" -> body.eventTime = SentValue.read(tokens);
            case "sessionId" -> body.sessionId = SentValue.read(tokens);
            case "origin" -> body.origin = SentValue.read(tokens);
            default -> tokens.skipChildren();
        }
    }

    private void parties(Envelope.Body body) throws IOException {
        body.parties.clear();
        body.partiesSent = 0;
        body.partyAccountId = null;
        if (tokens.current() != JsonToken.START_ARRAY) {
            tokens.skipChildren();
            return;
        }
        while (tokens.next() != JsonToken.END_ARRAY) {
            String accountId = ++body.partiesSent > maxParties ? partyAccountId() : party(body);
            if (body.partyAccountId == null) {
                body.partyAccountId = accountId;
            }
        }
    }

    private @Nullable String party(Envelope.Body body) throws IOException {
        SentValue party = SentValue.read(tokens);
        body.parties.add(party);
        return party.value() instanceof JsonObject object ? object.id("accountId") : null;
    }

    private @Nullable String partyAccountId() throws IOException {
        if (tokens.current() != JsonToken.START_OBJECT) {
            tokens.skipChildren();
            return null;
        }
        String accountId = null;
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            if (name.equals("accountId")) {
                accountId = id();
            } else {
                tokens.skipChildren();
            }
        }
        return accountId;
    }

    private @Nullable String text() throws IOException {
        if (tokens.current() != JsonToken.VALUE_STRING) {
            tokens.skipChildren();
            return null;
        }
        String text = tokens.text();
        return text.isEmpty() ? null : text;
    }

    /** Ids can be strings or numbers; a number becomes the text that it was written as. */
    private @Nullable String id() throws IOException {
        return tokens.current().isNumeric() ? tokens.text() : text();
    }
}
