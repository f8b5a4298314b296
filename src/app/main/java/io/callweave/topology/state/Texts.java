package io.callweave.topology.state;

import io.callweave.call.event.SessionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the texts of stored party events are written: as they are, or, where many events lie together, each text once. */
public interface Texts {

    /** Null is a text as well: that none was sent. */
    void write(BinaryWriter out, @Nullable String text);

    @Nullable
    String read(BinaryReader in);

    /** Each text as it is. */
    Texts INLINE = new Texts() {
        @Override
        public void write(BinaryWriter out, @Nullable String text) {
            out.optionalString(text);
        }

        @Override
        public @Nullable String read(BinaryReader in) {
            return in.optionalString();
        }
    };

    /**
     * A text is written where it comes first, and later only its number: those of one call repeat. Some are known from the
     * beginning and never written: what RingCentral always says, and what follows from the session's id.
     */
    public final class Table implements Texts {

        private static final int NONE = 0;
        private static final int NEW = 1;

        /** Their order is part of the format, and so is that there are no others. */
        private static final List<String> WORDS = List.of(
                "Call",
                "Conference",
                "RingOut",
                "Inbound",
                "Outbound",
                "Setup",
                "Proceeding",
                "Answered",
                "Hold",
                "Parked",
                "Voicemail",
                "VMScreening",
                "FaxReceive",
                "Disconnected",
                "Gone",
                "AttendedTransfer",
                "BlindTransfer",
                "RccTransfer",
                "CallerInputRedirect",
                "AgentAnswered",
                "ParkLocation",
                "Pickup",
                "CallSwitch",
                "CallFlip",
                "Supervising",
                "TakeOver",
                "Host",
                "Participant",
                "Initiator",
                "Target",
                "conference",
                "0");

        /** As RingCentral numbers the parties of a session. */
        private static final int PARTIES = 8;

        private static final Map<String, Integer> NUMBERS = numbers(WORDS);

        /** Beside the words, which are before them. */
        private final Map<String, Integer> numbers = new HashMap<>(32);

        private final List<String> texts = new ArrayList<>(16);

        /** Contains only what is known of every session. */
        public Table(SessionKey session) {
            add(session.accountId());
            String id = session.telephonySessionId();
            add(id);
            String common = id.startsWith("s-") ? id.substring(2) : id;
            for (int party = 1; party <= PARTIES; party++) {
                add("p-" + common + "-" + party);
            }
        }

        private static Map<String, Integer> numbers(List<String> words) {
            Map<String, Integer> numbers = new HashMap<>();
            for (String word : words) {
                numbers.put(word, numbers.size());
            }
            return numbers;
        }

        /** The number of the text; null if it is new, and then it has one from now on. */
        private @Nullable Integer add(String text) {
            Integer ofWord = NUMBERS.get(text);
            Integer known = ofWord != null ? ofWord : numbers.putIfAbsent(text, WORDS.size() + texts.size());
            if (known == null) {
                texts.add(text);
            }
            return known;
        }

        @Override
        public void write(BinaryWriter out, @Nullable String text) {
            if (text == null) {
                out.varint(NONE);
                return;
            }
            Integer known = add(text);
            if (known == null) {
                out.varint(NEW).string(text);
            } else {
                out.varint(known + 2L);
            }
        }

        @Override
        public @Nullable String read(BinaryReader in) {
            long number = in.varint();
            if (number == NONE) {
                return null;
            }
            if (number == NEW) {
                String text = in.string();
                add(text);
                return text;
            }
            int place = (int) number - 2;
            return place < WORDS.size() ? WORDS.get(place) : texts.get(place - WORDS.size());
        }
    }
}
