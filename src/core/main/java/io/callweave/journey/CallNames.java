package io.callweave.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What people call those who are in a call record. The directory's name comes first: RingCentral sends an agent who is rung by
 * a queue with the name and number of the queue. Then comes the name that was sent, then a number.
 */
public final class CallNames {

    /** What nobody was told. */
    public static final String UNKNOWN = "unknown";

    /** The number of a caller who does not want to show it. */
    public static final String WITHHELD = "withheld";

    private final JsonNode call;
    private final DirectoryLookup directory;

    /** @param call a record, as on the topic of call records */
    public CallNames(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        this.directory = directory;
    }

    /** An address: a name, of somebody outside with the number; else the number. */
    public String address(JsonNode address) {
        String extension = text(address, "extensionId");
        String listed = listed(extension);
        if (listed != null) {
            return listed;
        }
        String name = text(address, "name");
        String number = number(address);
        if (name == null) {
            return Objects.requireNonNullElse(number, UNKNOWN);
        }
        return extension != null || number == null ? name : name + " " + number;
    }

    /** Who called, without the name of the queue that RingCentral may put before it. */
    String caller() {
        JsonNode from = call.path("from");
        if (!isKnown(from) && stream(call.path("parties")).anyMatch(CallNames::withholds)) {
            return WITHHELD;
        }
        if (from instanceof ObjectNode sent && text(from, "name") != null && call.has("callerName")) {
            return address(sent.deepCopy().set("name", call.path("callerName")));
        }
        return address(from);
    }

    /** A party in short: Dana. */
    public String party(JsonNode party) {
        String extension = text(party, "extensionId");
        String listed = listed(extension);
        String known = listed != null ? listed : sent(party);
        if (known != null) {
            return known;
        }
        if (extension != null) {
            return "extension " + extension;
        }
        return withholds(party) ? WITHHELD : UNKNOWN;
    }

    /** RingCentral sends both ends with each event. Of a caller from outside who withholds the number, one end is empty. */
    private static boolean withholds(JsonNode party) {
        return "Outbound".equals(text(party, "direction"))
                && text(party, "extensionId") == null
                && !isKnown(party.path("from"))
                && isKnown(party.path("to"));
    }

    /** Whether an address has anything that people could read. */
    public static boolean isKnown(JsonNode address) {
        return nameOrNumber(address) != null || text(address, "extensionId") != null;
    }

    /**
     * The party that is pointed at.
     *
     * @param ref {@code {telephonySessionId, partyId}} with whatever else, or null
     */
    public Optional<JsonNode> find(JsonNode ref) {
        return stream(call.path("parties"))
                .filter(party -> party.path("partyId").equals(ref.path("partyId")))
                .filter(party -> party.path("telephonySessionId").equals(ref.path("telephonySessionId")))
                .findFirst();
    }

    /**
     * A queue without the word: Sales.
     *
     * @param queue an entry of its list of queues
     */
    public String queue(JsonNode queue) {
        String id = text(queue, "queueExtensionId");
        String listed = listed(id);
        String name = listed != null ? listed : text(queue, "name");
        if (name == null) {
            return String.valueOf(id);
        }
        return without(" queue", name);
    }

    /** Who called whom in a RingOut; empty for other calls. */
    Optional<RingOut> ringOut() {
        if (!"RingOut Web".equals(text(call, "action"))) {
            return Optional.empty();
        }
        JsonNode to = call.path("to");
        List<JsonNode> called = stream(call.path("parties"))
                .filter(party -> "Inbound".equals(text(party, "direction")))
                .toList();
        JsonNode own = called.stream()
                .filter(party -> !party.path("to").equals(to))
                .findFirst()
                .orElse(null);
        String listed = own == null ? null : listed(text(own, "extensionId"));
        return Optional.of(new RingOut(
                listed != null ? listed : address(call.path("from")),
                address(to),
                own,
                called.stream().anyMatch(party -> party.path("to").equals(to))));
    }

    /** A menu without the word: Main. */
    public String menu(JsonNode party) {
        return without(" menu", party(party));
    }

    /** By the reason that it ended with, if it never rang, or by the directory. A mailbox's owner was rung before. */
    public boolean isMenu(JsonNode party) {
        String account = text(call, "accountId");
        String extension = text(party, "extensionId");
        DirectoryEntry entry = account == null || extension == null ? null : directory.find(account, extension);
        return ("CallerInputRedirect".equals(text(party, "endReason"))
                        && !party.path("ringMs").isNumber())
                || (entry != null && entry.type().equals(DirectoryEntry.IVR));
    }

    /** Whether this supervised the call first, and then took it over: a supervisor who only listens has another role. */
    public static boolean tookOver(JsonNode party) {
        return "participant".equals(text(party, "role"))
                && stream(party.path("segments"))
                        .anyMatch(segment -> "Supervising".equals(text(segment, "reason"))
                                || ("TakeOver".equals(text(segment, "reason"))
                                        && "Answered".equals(text(segment, "status"))));
    }

    private static String without(String lastWord, String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(lastWord)
                ? name.substring(0, name.length() - lastWord.length())
                : name;
    }

    private @Nullable String listed(@Nullable String extension) {
        String account = text(call, "accountId");
        if (extension == null || account == null) {
            return null;
        }
        DirectoryEntry entry = directory.find(account, extension);
        return entry == null ? null : entry.name();
    }

    /** The name or the number under which the call knows the party; null if it shows nothing of it. */
    private @Nullable String sent(JsonNode party) {
        String extension = text(party, "extensionId");
        if (extension == null) {
            return nameOrNumber(ownAddress(party));
        }
        // Not the queue's address.
        for (JsonNode address : List.of(ownAddress(party), party.path("from"), party.path("to"))) {
            String known = nameOrNumber(address);
            if (extension.equals(text(address, "extensionId")) && known != null) {
                return known;
            }
        }
        return seenElsewhere(extension).orElse(null);
    }

    private static @Nullable String nameOrNumber(JsonNode address) {
        String name = text(address, "name");
        return name != null ? name : number(address);
    }

    /** In another party's {@code from} or {@code to}. */
    private Optional<String> seenElsewhere(String extension) {
        return stream(call.path("numbers"))
                .filter(number -> extension.equals(text(number, "extensionId")))
                .map(CallNames::nameOrNumber)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static JsonNode ownAddress(JsonNode party) {
        return party.path("Inbound".equals(text(party, "direction")) ? "to" : "from");
    }

    /** Of an extension the short number that colleagues dial. */
    private static @Nullable String number(JsonNode address) {
        String phoneNumber = text(address, "phoneNumber");
        String extensionNumber = text(address, "extensionNumber");
        boolean isExtension = text(address, "extensionId") != null;
        return extensionNumber != null && (isExtension || phoneNumber == null) ? extensionNumber : phoneNumber;
    }

    /** The elements of a list. */
    public static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }
}
