package io.callweave.topology.facts;

import io.callweave.call.fact.FactKind;
import io.callweave.call.record.FactPlacing;
import io.callweave.call.session.MailboxVisit;
import io.callweave.call.session.Mention;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has come to an {@link Anchor}. It says which sessions fit without the events of any. */
final class Meeting {

    /** Of more visits or messages in one mailbox within minutes, none is certain. Nor do more facts wait for a session. */
    static final int MOST = 100;

    private static final int IS_CROWDED = 1;
    private static final int IS_TO_BE_PLACED = 2;

    /** Of a recording or message: how sessions name it. */
    private final TreeMap<String, Mention> mentions = new TreeMap<>();

    /** Of a mailbox: how sessions were in it then. */
    private final TreeMap<String, List<MailboxVisit>> visits = new TreeMap<>();

    /** The notifications that are kept: names of their entries; of a mailbox, ids of the messages that look there. */
    final TreeSet<String> notices = new TreeSet<>();

    /** The session that the facts are counted in; null if there is none. */
    @Nullable
    String placedIn;

    /** When something last came, in milliseconds since the epoch. */
    long lastChange;

    /** When to see whether it can be forgotten; 0 if that is not set. */
    long nextLook;

    /** Whether to see then where it belongs, or to show what waited for a session, too: that was too much for one step. */
    boolean isToBePlaced;

    /** Of a recording or message: the length of its notification. */
    int noticeBytes;

    /** The same: its {@code lastModifiedTime} in milliseconds since the epoch; null if it has none. */
    @Nullable
    Long modifiedAt;

    private boolean crowded;

    /**
     * Notes how a session names it; null if it no longer does.
     *
     * @return the session that no longer counts, because too many name it earlier; null if there is none
     */
    @Nullable
    String mention(String session, @Nullable Mention mention) {
        if (mention == null) {
            mentions.remove(session);
        } else {
            mentions.put(session, mention);
        }
        if (mentions.size() <= FactPlacing.MOST_NAMING) {
            return null;
        }
        List<String> naming = naming();
        String last = naming.get(naming.size() - 1);
        mentions.remove(last);
        return last;
    }

    /** The sessions that name it, in any order. */
    Set<String> mentioning() {
        return mentions.keySet();
    }

    /** The sessions that name it; the earliest first, of equally early ones that with the smaller id. */
    List<String> naming() {
        return mentions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Mention.ORDER))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Notes how a session was in the mailbox, as far as is known now.
     *
     * @return whether messages may belong elsewhere because of it
     */
    boolean visit(String session, List<MailboxVisit> now) {
        if (crowded) {
            return false;
        }
        if (now.isEmpty()) {
            visits.remove(session);
        } else {
            visits.put(session, now);
        }
        if (visits.values().stream().mapToInt(List::size).sum() > MOST) {
            crowd();
        }
        return true;
    }

    /** How sessions were in the mailbox, unless it is crowded. */
    Map<String, List<MailboxVisit>> visits() {
        return visits;
    }

    /** Notes a message that looks here. */
    void addMessage(String id) {
        if (notices.size() < MOST || notices.contains(id)) {
            notices.add(id);
        } else {
            crowd();
        }
    }

    private void crowd() {
        crowded = true;
        visits.clear();
    }

    /** Whether it was more than can be certain. */
    boolean isCrowded() {
        return crowded;
    }

    byte[] bytes() {
        BinaryWriter out = new BinaryWriter(128)
                .format()
                .u8((crowded ? IS_CROWDED : 0) | (isToBePlaced ? IS_TO_BE_PLACED : 0))
                .varint(lastChange)
                .varint(nextLook)
                .varint(noticeBytes)
                .varint(modifiedAt == null ? 0 : modifiedAt + 1)
                .optionalString(placedIn)
                .varint(mentions.size());
        mentions.forEach(
                (session, mention) -> out.string(session).zigzag(mention.time()).optionalString(mention.partyId()));
        out.varint(visits.size());
        visits.forEach((session, ofSession) -> {
            out.string(session).varint(ofSession.size());
            ofSession.forEach(visit -> out.zigzag(visit.endTime()).optionalString(visit.callerNumber()));
        });
        out.varint(notices.size());
        notices.forEach(out::string);
        return out.bytes();
    }

    static Meeting read(Anchor anchor, byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        in.format("What is known of a later fact");
        Meeting meeting = new Meeting();
        int flags = in.u8();
        meeting.crowded = (flags & IS_CROWDED) != 0;
        meeting.isToBePlaced = (flags & IS_TO_BE_PLACED) != 0;
        meeting.lastChange = in.varint();
        meeting.nextLook = in.varint();
        meeting.noticeBytes = Math.toIntExact(in.varint());
        long modified = in.varint();
        meeting.modifiedAt = modified == 0 ? null : modified - 1;
        meeting.placedIn = in.optionalString();
        FactKind kind = anchor.isRecording() ? FactKind.RECORDING : FactKind.VOICEMAIL;
        for (long left = in.varint(); left > 0; left--) {
            meeting.mentions.put(in.string(), new Mention(kind, anchor.id(), in.zigzag(), in.optionalString()));
        }
        for (long left = in.varint(); left > 0; left--) {
            String session = in.string();
            List<MailboxVisit> visits = new ArrayList<>();
            for (long ofSession = in.varint(); ofSession > 0; ofSession--) {
                visits.add(new MailboxVisit(anchor.extensionId(), in.zigzag(), in.optionalString()));
            }
            meeting.visits.put(session, visits);
        }
        for (long left = in.varint(); left > 0; left--) {
            meeting.notices.add(in.string());
        }
        return meeting;
    }
}
