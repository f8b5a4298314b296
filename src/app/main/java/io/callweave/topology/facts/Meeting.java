package io.callweave.topology.facts;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has come to an {@link Anchor}. */
final class Meeting {

    /** Of more sessions or messages in one mailbox within minutes, none is certain. */
    private static final int MOST = 100;

    private static final int IS_CROWDED = 1;

    /** Those that name the recording or message, or were in the mailbox then. */
    final TreeSet<String> sessions = new TreeSet<>();

    /** The notifications that are kept: names of their entries; of a mailbox, ids of the messages that look there. */
    final TreeSet<String> notices = new TreeSet<>();

    /** The session that the facts are counted in; null if there is none. */
    @Nullable
    String placedIn;

    /** When something last came, in milliseconds since the epoch. */
    long lastChange;

    /** When to see whether it can be forgotten; 0 if that is not set. */
    long nextLook;

    private boolean crowded;

    /** Notes a session. */
    void add(String session) {
        add(session, sessions);
    }

    /** Notes a message that looks here. */
    void addNotice(String id) {
        add(id, notices);
    }

    private void add(String id, Set<String> to) {
        if (to.size() >= MOST && !to.contains(id)) {
            crowded = true;
        } else {
            to.add(id);
        }
    }

    /** Whether some were left out. */
    boolean isCrowded() {
        return crowded;
    }

    byte[] bytes() {
        BinaryWriter out = new BinaryWriter(128)
                .format()
                .u8(crowded ? IS_CROWDED : 0)
                .varint(lastChange)
                .varint(nextLook)
                .optionalString(placedIn);
        write(sessions, out);
        write(notices, out);
        return out.bytes();
    }

    static Meeting read(byte[] bytes) {
        BinaryReader in = new BinaryReader(bytes);
        in.format("What is known of a later fact");
        Meeting meeting = new Meeting();
        meeting.crowded = (in.u8() & IS_CROWDED) != 0;
        meeting.lastChange = in.varint();
        meeting.nextLook = in.varint();
        meeting.placedIn = in.optionalString();
        meeting.sessions.addAll(read(in));
        meeting.notices.addAll(read(in));
        return meeting;
    }

    private static void write(Set<String> texts, BinaryWriter out) {
        out.varint(texts.size());
        texts.forEach(out::string);
    }

    private static List<String> read(BinaryReader in) {
        List<String> texts = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            texts.add(in.string());
        }
        return texts;
    }
}
