package io.callweave.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.callweave.notification.json.NotificationJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the phone numbers and names in a notification and replaces them in place; all other bytes stay as they are.
 *
 * <p>The values of the members named below are personal at any depth, with everything inside them. In every other text,
 * a number with a plus and at least seven digits is personal. RingCentral does not document where personal data can
 * appear.
 */
public final class PersonalData {

    /**
     * RingCentral's party, its uiCallInfo (value), mobilePickupData (to), Call Log names, and the text of push
     * messages.
     */
    private static final Set<String> PERSONAL = Set.of(
            "phoneNumber",
            "name",
            "extensionNumber",
            "dialedPhoneNumber",
            "dialerPhoneNumber",
            "value",
            "alert",
            "title",
            "subtitle",
            "firstName",
            "lastName",
            "callerName",
            "location");

    /** Objects in a party that have personal members, or the number itself. */
    private static final Set<String> PERSONAL_IF_SCALAR = Set.of("from", "to");

    private static final Pattern NUMBER = Pattern.compile("\\+(?:[ ().-]{0,3}\\d){7,}");

    /** People write numbers in groups. All ways to write one number get the same replacement. */
    private static final Pattern GROUPING = Pattern.compile("[ ().-]");

    private final byte[] json;
    private final UnaryOperator<String> disguise;
    private final ByteArrayOutputStream out;
    private int copied;

    private PersonalData(byte[] json, UnaryOperator<String> disguise) {
        this.json = json;
        this.disguise = disguise;
        out = new ByteArrayOutputStream(json.length + 256);
    }

    /**
     * Replaces each phone number and name.
     *
     * @param json a notification as received
     * @param disguise returns the replacement for a number or name
     * @throws IOException if it is not JSON
     */
    public static byte[] disguise(byte[] json, UnaryOperator<String> disguise) throws IOException {
        return new PersonalData(json, disguise).disguised();
    }

    private byte[] disguised() throws IOException {
        try (JsonParser parser = NotificationJson.parser(json)) {
            int personalDepth = 0; // 0: outside of any personal member
            int depth = 0;
            String name = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    name = parser.currentName();
                } else if (token.isStructStart()) {
                    depth++;
                    if (personalDepth == 0 && name != null && PERSONAL.contains(name)) {
                        personalDepth = depth;
                    }
                    name = token == JsonToken.START_ARRAY ? name : null;
                } else if (token.isStructEnd()) {
                    if (depth == personalDepth) {
                        personalDepth = 0;
                    }
                    depth--;
                    name = null;
                } else if (token.isScalarValue()) {
                    scalar(parser, token, personalDepth > 0 || isPersonal(name));
                }
            }
        }
        out.write(json, copied, json.length - copied);
        return out.toByteArray();
    }

    private static boolean isPersonal(@Nullable String name) {
        return name != null && (PERSONAL.contains(name) || PERSONAL_IF_SCALAR.contains(name));
    }

    private void scalar(JsonParser parser, JsonToken token, boolean personal) throws IOException {
        if (token != JsonToken.VALUE_STRING && !(personal && token.isNumeric())) {
            return;
        }
        int start = offset(parser.currentTokenLocation().getByteOffset());
        String text = parser.getText(); // reads to the end of the token
        int end = offset(parser.currentLocation().getByteOffset());
        String replaced = personal ? (text.isEmpty() ? text : disguise.apply(text)) : withoutNumbers(text);
        if (replaced.equals(text)) {
            return;
        }
        out.write(json, copied, start - copied);
        out.write('"');
        out.writeBytes(
                new String(JsonStringEncoder.getInstance().quoteAsString(replaced)).getBytes(StandardCharsets.UTF_8));
        out.write('"');
        copied = end;
    }

    private String withoutNumbers(String text) {
        if (text.indexOf('+') < 0) {
            return text;
        }
        Matcher numbers = NUMBER.matcher(text);
        return numbers.replaceAll(number -> Matcher.quoteReplacement(
                disguise.apply(GROUPING.matcher(number.group()).replaceAll(""))));
    }

    /** The parser counts from after a byte order mark. */
    private int offset(long byteOffset) {
        return NotificationJson.start(json) + Math.toIntExact(byteOffset);
    }
}
