package io.callweave.privacy;

import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.record.TopicValues;
import io.callweave.value.Field;
import io.callweave.value.FieldType;
import io.callweave.value.Keyword;
import io.callweave.value.ValueType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is known to name nobody, in notifications and in our own values. A list of what can name somebody would miss what
 * RingCentral adds tomorrow.
 */
final class Harmless {

    /** Objects and lists of a notification with members of which something is known. */
    private static final List<String> OBJECTS = List.of(
            "body",
            "parties",
            "party",
            "from",
            "to",
            "status",
            "peerId",
            "origin",
            "uiCallInfo",
            "primary",
            "additional",
            "mobilePickupData",
            "sipData",
            "recordings",
            "message",
            "attachments",
            "insights",
            "pn_apns");

    private static final Set<String> IDS = Set.of(
            "id",
            "uuid",
            "telephonySessionId",
            "sessionId",
            "partyId",
            "accountId",
            "extensionId",
            "queueExtensionId",
            "subscriptionId",
            "ownerId",
            "serverId",
            "deviceId",
            "callId",
            "sipCallId",
            "toTag",
            "fromTag",
            "messageId",
            "sourceSessionId",
            "sourceRecordId",
            "ownerExtensionId",
            "recordingId",
            "supersededBy",
            "sessions",
            "missingSessions");

    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-?\\d\\d-?\\d\\d[Tt]\\d\\d:?\\d\\d(?::?\\d\\d)?(?:\\.\\d+)?(?:[Zz]|[+-]\\d\\d(?::?\\d\\d)?)");

    /** Words of a notification that are no status and no reason. */
    private static final List<String> WORDS = List.of(
            "Inbound",
            "Outbound",
            "Host",
            "Participant",
            "Initiator",
            "Target",
            "Call",
            "RingOut",
            "RingMe",
            "Conference",
            "GreetingsRecording",
            "VerificationCall",
            "Zoom",
            "CallOut",
            "TestCall",
            "QueueName",
            "QueueExtension",
            "CallerIdName",
            "CallerIdNumber",
            "PhoneNumber",
            "PhoneNumberLabel",
            "None",
            "VoiceMail",
            "ServerNotification");

    /** How RingCentral writes a word of several, such as QueueForwarding. A single unknown word could be a name. */
    private static final Pattern SEVERAL_WORDS = Pattern.compile("(?=.{1,40}$)[A-Z][a-z]{2,}(?:[A-Z][a-z]+)+");

    private static final int SHORT_NUMBER = 2;

    private final Set<String> containers = new HashSet<>(OBJECTS);
    private final Set<String> times =
            new HashSet<>(Set.of("eventTime", "timestamp", "creationTime", "lastModifiedTime", "recordingStartTime"));
    private final Set<String> numbers = new HashSet<>(Set.of("sequence", "recordingDurationMs", "vmDuration"));
    private final Set<String> members = new HashSet<>(Set.of(
            "code",
            "reason",
            "type",
            "direction",
            "origin",
            "status",
            "endStatus",
            "endReason",
            "conferenceRole",
            "ringOutRole",
            "ringMeRole",
            "messageType"));

    /** In lower case: RingCentral spells them in several ways. */
    private final Set<String> words = new HashSet<>();

    private Harmless() {
        WORDS.forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
        Set<ValueType<?>> seen = new HashSet<>();
        TopicValues.TOPICS.forEach(type -> add(type, seen));
    }

    static final Harmless KNOWN = new Harmless();

    /** Our own values follow from their descriptions: a text that is neither an id nor one of some words can be a name. */
    private void add(ValueType<?> type, Set<ValueType<?>> seen) {
        if (!seen.add(type)) {
            return;
        }
        for (Field<?> field : type.fields()) {
            switch (field.type()) {
                case TIME -> times.add(field.name());
                case INTEGER, MILLISECONDS, SECONDS, RATIO, AMOUNT -> numbers.add(field.name());
                case RANGES -> {
                    containers.add(field.name());
                    numbers.add(field.name());
                }
                case OBJECT, OBJECTS, TEXTS, JSON -> containers.add(field.name());
                case TEXT, FLAG -> {}
            }
            if (field.type() == FieldType.TEXT || field.type() == FieldType.TEXTS) {
                addWords(field);
            }
            ValueType<?> of = field.of();
            if (of != null) {
                add(of, seen);
            }
        }
    }

    private void addWords(Field<?> field) {
        for (Keyword keyword : Arrays.asList(Keyword.ENUM, Keyword.KNOWN_VALUES)) {
            if (field.meaning().keywords().get(keyword) instanceof List<?> known) {
                members.add(field.name());
                known.forEach(word -> words.add(String.valueOf(word).toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** Whether members of such an object or list can be harmless. */
    boolean isContainer(String name) {
        return containers.contains(name);
    }

    boolean isText(String member, String text) {
        return (IDS.contains(member) && ID.matcher(text).matches())
                || (members.contains(member) && isWord(text))
                || (times.contains(member) && TIME.matcher(text).matches());
    }

    /** What is as short as a flag says nothing. */
    boolean isNumber(String member, String digits) {
        return digits.length() <= SHORT_NUMBER || numbers.contains(member) || IDS.contains(member);
    }

    boolean isWord(String text) {
        return Status.isKnown(text)
                || Reason.isKnown(text)
                || words.contains(text.toLowerCase(Locale.ROOT))
                || SEVERAL_WORDS.matcher(text).matches();
    }
}
