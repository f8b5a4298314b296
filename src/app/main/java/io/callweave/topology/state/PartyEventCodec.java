package io.callweave.topology.state;

import io.callweave.call.event.Address;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Peer;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.event.Recording;
import io.callweave.call.event.SessionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How stores hold a party event: what it says, and its bytes only as long as it waits to go out. */
public final class PartyEventCodec {

    private static final int HELD = 1;

    /** What goes out is not the event as it counts. */
    private static final int ANOTHER_WAITS = 2;

    /** Whether there is anything of what most events do not have; beside the flags of what the event says. */
    private static final int RARE = 1 << 6;

    /** Whether a phone shows a queue. */
    private static final int LABELLED = 1 << 7;

    /** SHA-256, numbers and flags. */
    private static final int FIXED_BYTES = 64;

    private PartyEventCodec() {}

    /**
     * An event out of a store.
     *
     * @param event as it counts
     * @param heldSince since when it waits behind a gap, 0 if it went out
     * @param waiting what is to go out, with its texts: the first body that came, or one that still names its peer; null if it
     *     went out
     */
    public record Stored(
            PartyEvent event, long heldSince, @Nullable PartyEvent waiting) {}

    public static void write(Stored stored, BinaryWriter out, Texts texts) {
        PartyEvent event = stored.event();
        PartyEvent waiting = stored.waiting();
        boolean another = waiting != null && !waiting.withoutText().equals(event.withoutText());
        out.u8((waiting != null ? HELD : 0) | (another ? ANOTHER_WAITS : 0));
        write(event, out, texts);
        if (waiting != null) {
            out.varint(stored.heldSince()).string(waiting.body().text());
            if (another) {
                write(waiting, out, texts);
            }
        }
    }

    private static void write(PartyEvent event, BinaryWriter out, Texts texts) {
        out.varint(event.sequence());
        texts.write(out, event.partyId());
        out.i64(event.eventTime());
        texts.write(out, event.sessionId());
        texts.write(out, event.origin());
        write(event.facts(), out, texts);
        out.raw(event.body().sha256());
    }

    public static Stored read(SessionKey key, BinaryReader in, Texts texts) {
        int flags = in.u8();
        PartyEvent event = readEvent(key, in, texts);
        if ((flags & HELD) == 0) {
            return new Stored(event, 0, null);
        }
        long heldSince = in.varint();
        EventBody body = EventBody.of(in.string());
        PartyEvent waiting = (flags & ANOTHER_WAITS) == 0 ? event : readEvent(key, in, texts);
        return new Stored(event, heldSince, waiting.withBody(body));
    }

    private static PartyEvent readEvent(SessionKey key, BinaryReader in, Texts texts) {
        long sequence = in.varint();
        String partyId = String.valueOf(texts.read(in));
        long eventTime = in.i64();
        String sessionId = texts.read(in);
        String origin = texts.read(in);
        PartyFacts facts = readFacts(in, texts);
        EventBody body = EventBody.ofSha256(in.raw(EventBody.SHA_256_BYTES));
        return new PartyEvent(key, sequence, partyId, eventTime, sessionId, origin, facts, body);
    }

    /** About how many bytes an event takes, if all its characters are of one. */
    public static long lengthOf(PartyEvent event) {
        return FIXED_BYTES
                + length(event.partyId())
                + length(event.sessionId())
                + length(event.origin())
                + length(event.facts());
    }

    /** Of the texts that {@link #write(PartyFacts, BinaryWriter, Texts)} writes. */
    private static long length(PartyFacts facts) {
        Peer peer = facts.peer();
        long length = length(facts.status()) + length(facts.reason());
        length += peer == null
                ? length((String) null)
                : length(peer.telephonySessionId()) + length(peer.sessionId()) + length(peer.partyId());
        length += length(facts.accountId()) + length(facts.extensionId()) + length(facts.direction());
        length += length(facts.from()) + length(facts.to());
        QueueLabel label = facts.queueLabel();
        length += label == null ? 0 : length(label.queueName()) + length(label.callerName());
        if (hasRare(facts)) {
            length += length(facts.conferenceRole()) + length(facts.ringOutRole()) + length(facts.parkData());
            length += length(facts.sipCallId()) + length(facts.fromDeviceId()) + length(facts.toDeviceId());
            length += length(facts.messageId());
            for (Recording recording : facts.recordings()) {
                length += length(recording.id());
            }
        }
        return length;
    }

    private static long length(@Nullable Address address) {
        return address == null
                ? 0
                : length(address.phoneNumber())
                        + length(address.name())
                        + length(address.extensionId())
                        + length(address.extensionNumber());
    }

    private static long length(@Nullable String text) {
        return text == null ? 1 : 2L + text.length();
    }

    private static void write(PartyFacts facts, BinaryWriter out, Texts texts) {
        texts.write(out, facts.status());
        texts.write(out, facts.reason());
        Peer peer = facts.peer();
        texts.write(out, peer == null ? null : peer.telephonySessionId());
        if (peer != null) {
            texts.write(out, peer.sessionId());
            texts.write(out, peer.partyId());
        }
        texts.write(out, facts.accountId());
        texts.write(out, facts.extensionId());
        texts.write(out, facts.direction());
        write(facts.from(), out, texts);
        write(facts.to(), out, texts);
        boolean rare = hasRare(facts);
        QueueLabel label = facts.queueLabel();
        out.u8(flag(facts.queueCall())
                | flag(facts.missedCall()) << 2
                | flag(facts.muted()) << 4
                | (rare ? RARE : 0)
                | (label != null ? LABELLED : 0));
        if (rare) {
            writeRare(facts, out, texts);
        }
        if (label != null) {
            texts.write(out, label.queueName());
            texts.write(out, label.callerName());
        }
    }

    private static boolean hasRare(PartyFacts facts) {
        return facts.conferenceRole() != null
                || facts.ringOutRole() != null
                || facts.parkData() != null
                || facts.sipCallId() != null
                || facts.fromDeviceId() != null
                || facts.toDeviceId() != null
                || facts.messageId() != null
                || !facts.recordings().isEmpty();
    }

    private static void writeRare(PartyFacts facts, BinaryWriter out, Texts texts) {
        texts.write(out, facts.conferenceRole());
        texts.write(out, facts.ringOutRole());
        texts.write(out, facts.parkData());
        texts.write(out, facts.sipCallId());
        texts.write(out, facts.fromDeviceId());
        texts.write(out, facts.toDeviceId());
        texts.write(out, facts.messageId());
        out.varint(facts.recordings().size());
        for (Recording recording : facts.recordings()) {
            texts.write(out, recording.id());
            out.u8(flag(recording.active()));
        }
    }

    private static PartyFacts readFacts(BinaryReader in, Texts texts) {
        String status = String.valueOf(texts.read(in));
        String reason = texts.read(in);
        String peerSession = texts.read(in);
        Peer peer = peerSession == null ? null : new Peer(peerSession, texts.read(in), texts.read(in));
        String accountId = texts.read(in);
        String extensionId = texts.read(in);
        String direction = texts.read(in);
        Address from = readAddress(in, texts);
        Address to = readAddress(in, texts);
        int flags = in.u8();
        boolean rare = (flags & RARE) != 0;
        String conferenceRole = rare ? texts.read(in) : null;
        String ringOutRole = rare ? texts.read(in) : null;
        String parkData = rare ? texts.read(in) : null;
        String sipCallId = rare ? texts.read(in) : null;
        String fromDeviceId = rare ? texts.read(in) : null;
        String toDeviceId = rare ? texts.read(in) : null;
        String messageId = rare ? texts.read(in) : null;
        return new PartyFacts(
                status,
                reason,
                peer,
                accountId,
                extensionId,
                direction,
                from,
                to,
                flag(flags),
                flag(flags >> 2),
                flag(flags >> 4),
                conferenceRole,
                ringOutRole,
                parkData,
                sipCallId,
                fromDeviceId,
                toDeviceId,
                rare ? readRecordings(in, texts) : List.of(),
                (flags & LABELLED) == 0 ? null : new QueueLabel(String.valueOf(texts.read(in)), texts.read(in)),
                messageId);
    }

    private static void write(@Nullable Address address, BinaryWriter out, Texts texts) {
        out.u8(address == null ? 0 : 1);
        if (address != null) {
            texts.write(out, address.phoneNumber());
            texts.write(out, address.name());
            texts.write(out, address.extensionId());
            texts.write(out, address.extensionNumber());
        }
    }

    private static @Nullable Address readAddress(BinaryReader in, Texts texts) {
        return in.u8() == 0 ? null : new Address(texts.read(in), texts.read(in), texts.read(in), texts.read(in));
    }

    private static List<Recording> readRecordings(BinaryReader in, Texts texts) {
        int size = (int) in.varint();
        if (size == 0) {
            return List.of();
        }
        List<Recording> recordings = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            recordings.add(new Recording(texts.read(in), flag(in.u8())));
        }
        return List.copyOf(recordings);
    }

    /** Two bits: whether it was sent, and what. */
    private static int flag(@Nullable Boolean value) {
        return value == null ? 0 : value ? 3 : 2;
    }

    private static @Nullable Boolean flag(int bits) {
        return (bits & 2) == 0 ? null : Boolean.valueOf((bits & 1) != 0);
    }
}
