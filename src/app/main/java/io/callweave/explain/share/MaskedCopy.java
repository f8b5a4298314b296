package io.callweave.explain.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.notification.json.NotificationJson;
import io.callweave.privacy.PersonalData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notification in which every text is replaced that is not known to be harmless. A list of what to replace would miss what
 * RingCentral adds tomorrow.
 */
final class MaskedCopy {

    private static final JsonFactory JSON = new JsonFactory();

    /** What decides in a record, as {@code member} or {@code parent.member}: a word, and no name or number. */
    private static final Set<String> WORDS = Set.of(
            "status.code",
            "status.reason",
            "status.rcc",
            "origin.type",
            "primary.type",
            "additional.type",
            "parties.direction",
            "parties.conferenceRole",
            "parties.ringOutRole");

    private static final Set<String> TIMES = Set.of("eventTime", "timestamp");

    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-?\\d\\d-?\\d\\d[Tt]\\d\\d:?\\d\\d(?::?\\d\\d)?(?:\\.\\d+)?(?:[Zz]|[+-]\\d\\d(?::?\\d\\d)?)");
    private static final Pattern SEGMENT = Pattern.compile("[^/]+");
    private static final Set<String> SEGMENTS =
            Set.of("restapi", "v1.0", "account", "extension", "telephony", "sessions", "~");
    private static final int SHORT_NUMBER = 2;

    private final UnaryOperator<String> pseudonym;
    private final Deque<String> parents = new ArrayDeque<>();

    private MaskedCopy(UnaryOperator<String> pseudonym) {
        this.pseudonym = pseudonym;
    }

    /**
     * Copies a notification.
     *
     * @param pseudonym what stands for a text
     * @return without white space, and otherwise with all its members in their order
     * @throws IOException if it is no JSON
     */
    static byte[] of(byte[] notification, UnaryOperator<String> pseudonym) throws IOException {
        return new MaskedCopy(pseudonym).copy(notification);
    }

    private byte[] copy(byte[] notification) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream(notification.length + 64);
        try (JsonParser in = NotificationJson.parser(notification);
                JsonGenerator out = JSON.createGenerator(copy)) {
            parents.push("");
            String member = "";
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> {
                        member = in.currentName();
                        out.writeFieldName(PersonalData.isMemberName(member) ? member : pseudonym.apply(member));
                    }
                    case START_OBJECT -> {
                        out.writeStartObject();
                        parents.push(member);
                    }
                    case START_ARRAY -> {
                        out.writeStartArray();
                        parents.push(member);
                    }
                    case END_OBJECT -> {
                        out.writeEndObject();
                        member = parents.pop();
                    }
                    case END_ARRAY -> {
                        out.writeEndArray();
                        member = parents.pop();
                    }
                    case VALUE_STRING -> out.writeString(text(member, in.getText()));
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(number(member, in.getText()));
                    case VALUE_TRUE, VALUE_FALSE -> out.writeBoolean(token == JsonToken.VALUE_TRUE);
                    default -> out.writeNull();
                }
            }
        }
        return copy.toByteArray();
    }

    private String text(String member, String text) {
        if (member.equals("event")) {
            return path(text);
        }
        boolean harmless = TIMES.contains(member)
                ? TIME.matcher(text).matches()
                : WORDS.contains(parents.peek() + "." + member) && PersonalData.isWord(text);
        return harmless ? text : pseudonym.apply(text);
    }

    /** A sequence is an order, not an id. What is as short as a flag says nothing; a longer number can be an id. */
    private String number(String member, String number) {
        if ((parents.peek() + "." + member).equals("body.sequence") || number.length() <= SHORT_NUMBER) {
            return number;
        }
        return number.matches("\\d+") ? pseudonym.apply(number) : "0";
    }

    /** Of the event's path the account and the extension; its query says only what was subscribed to. */
    private String path(String event) {
        return SEGMENT.matcher(event.split("\\?", 2)[0])
                .replaceAll(segment -> Matcher.quoteReplacement(
                        SEGMENTS.contains(segment.group()) ? segment.group() : pseudonym.apply(segment.group())));
    }
}
