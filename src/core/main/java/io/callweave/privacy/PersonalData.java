package io.callweave.privacy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.callweave.notification.json.NotificationJson;
import io.callweave.value.DigitGroups;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what can name somebody in a notification or a record, and replaces it in place; all other bytes stay as they are.
 *
 * <p>Everything is personal that is not known to be harmless: ids, times, words such as statuses, and numbers of our own
 * values. RingCentral does not document where personal data can appear.
 */
public final class PersonalData {

    /** A repetition of a group takes stack for each time, unless it is possessive; texts can be long. */
    private static final Pattern NUMBER = Pattern.compile("\\+(?:" + DigitGroups.BETWEEN + "*+\\d){7,}+");

    /** All ways to write one number get the same replacement. */
    private static final Pattern GROUPING = Pattern.compile(DigitGroups.BETWEEN);

    /** Names of members are words; one with more than three digits can be a number. */
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z][A-Za-z_-]*+(?:\\d[A-Za-z_-]*+){0,3}+");

    /** Instead of a name that is empty, which would be taken for none. */
    private static final String NAMELESS = " ";

    /** Members with an address of RingCentral's. */
    private static final Set<String> ADDRESSES = Set.of("event", "uri", "contentUri");

    private static final Pattern PATH = Pattern.compile("(?:https?:/)?/[A-Za-z0-9._~:/-]*");

    /** Of an event filter; others can hold a phone number. */
    private static final Pattern QUERY =
            Pattern.compile("(?:(?:(?:sipData|missedCall|withRecordings)=(?:true|false)|direction=(?:Inbound|Outbound)|"
                    + "statusCode=(?:Setup|Proceeding|Answered|Disconnected|Gone|Parked|Hold|VoiceMailScreening|VoiceMail|FaxReceive)"
                    + "|(?:threshold|interval)=\\d{1,4})&?)*+");

    private final byte[] json;
    private final UnaryOperator<String> disguise;
    private final ByteArrayOutputStream out;
    private int copied;

    /**
     * An object or a list.
     *
     * @param name of the member that it is the value of, as all elements of a list; empty for none
     * @param known whether anything in it can be harmless
     */
    private record Container(String name, boolean known) {}

    private PersonalData(byte[] json, UnaryOperator<String> disguise) {
        this.json = json;
        this.disguise = disguise;
        out = new ByteArrayOutputStream(json.length + 256);
    }

    /**
     * Replaces whatever can name somebody.
     *
     * @param json a notification as received, or a value of ours
     * @param disguise returns the replacement for a number, a name or another text
     * @throws IOException if it is not JSON
     */
    public static byte[] disguise(byte[] json, UnaryOperator<String> disguise) throws IOException {
        return new PersonalData(json, disguise).disguised();
    }

    /**
     * One text of a record.
     *
     * @param member its name, or that of the list that it is in
     * @param disguise returns the replacement
     */
    public static String disguise(String member, String text, UnaryOperator<String> disguise) {
        if (text.isEmpty()) {
            return text;
        }
        if (ADDRESSES.contains(member)) {
            return address(text, disguise);
        }
        return Harmless.KNOWN.isText(member, text) ? withoutNumbers(text, disguise) : whole(text, disguise);
    }

    /** Whether it is a word of RingCentral's or of ours, such as a status, and no name. */
    public static boolean isWord(String text) {
        return Harmless.KNOWN.isWord(text);
    }

    /** Whether a member can have this name without naming somebody by it. */
    public static boolean isMemberName(String name) {
        return MEMBER.matcher(name).matches();
    }

    private byte[] disguised() throws IOException {
        try (JsonParser parser = NotificationJson.parser(json)) {
            Deque<Container> containers = new ArrayDeque<>();
            containers.push(new Container("", true));
            String member = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    memberName(parser, parser.currentName());
                    member = parser.currentName().isEmpty() ? NAMELESS : parser.currentName();
                } else if (token.isStructStart()) {
                    boolean known =
                            containers.element().known() && (member.isEmpty() || Harmless.KNOWN.isContainer(member));
                    containers.push(new Container(member, known));
                } else if (token.isStructEnd()) {
                    containers.pop();
                    member = containers.element().name();
                } else if (token.isScalarValue()) {
                    scalar(parser, token, containers.element().known() ? member : "");
                }
            }
        }
        out.write(json, copied, json.length - copied);
        return out.toByteArray();
    }

    private void memberName(JsonParser parser, String name) {
        if (!isMemberName(name)) {
            int start = offset(parser.currentTokenLocation().getByteOffset());
            replace(start, endOfText(start), disguise.apply(name));
        }
    }

    /** @param member empty if nothing is known of it */
    private void scalar(JsonParser parser, JsonToken token, String member) throws IOException {
        boolean number = token.isNumeric();
        if (token != JsonToken.VALUE_STRING && !number) {
            return;
        }
        int start = offset(parser.currentTokenLocation().getByteOffset());
        String text = parser.getText(); // reads to the end of the token
        int end = offset(parser.currentLocation().getByteOffset());
        String replaced;
        if (number) {
            replaced = Harmless.KNOWN.isNumber(member, text) ? text : disguise.apply(text);
        } else {
            replaced = disguise(member, text, disguise);
        }
        if (!replaced.equals(text)) {
            replace(start, end, replaced);
        }
    }

    private void replace(int start, int end, String text) {
        out.write(json, copied, start - copied);
        out.write('"');
        out.writeBytes(
                new String(JsonStringEncoder.getInstance().quoteAsString(text)).getBytes(StandardCharsets.UTF_8));
        out.write('"');
        copied = end;
    }

    /** The parser has read on when it tells of a name. */
    private int endOfText(int start) {
        int at = start + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** Account and extension, which are ids; the query of a filter can hold a phone number. */
    private static String address(String text, UnaryOperator<String> disguise) {
        String[] parts = text.split("\\?", 2);
        if (!PATH.matcher(parts[0]).matches()) {
            return whole(text, disguise);
        }
        return parts.length == 1 || QUERY.matcher(parts[1]).matches()
                ? text
                : parts[0] + "?" + whole(parts[1], disguise);
    }

    private static String whole(String text, UnaryOperator<String> disguise) {
        String plain = plain(text);
        return disguise.apply(NUMBER.matcher(plain).matches() ? plain : text);
    }

    private static String withoutNumbers(String text, UnaryOperator<String> disguise) {
        if (text.indexOf('+') < 0) {
            return text;
        }
        Matcher numbers = NUMBER.matcher(text);
        return numbers.replaceAll(number -> Matcher.quoteReplacement(disguise.apply(plain(number.group()))));
    }

    private static String plain(String number) {
        return GROUPING.matcher(number).replaceAll("");
    }

    /** The parser counts from after a byte order mark. */
    private int offset(long byteOffset) {
        return NotificationJson.start(json) + Math.toIntExact(byteOffset);
    }
}
