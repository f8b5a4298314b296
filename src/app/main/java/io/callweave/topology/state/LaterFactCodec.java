package io.callweave.topology.state;

import io.callweave.call.event.Address;
import io.callweave.call.event.EventBody;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How stores hold a later fact: what a record shows of it, and the SHA-256 of what it was sent in. */
public final class LaterFactCodec {

    private LaterFactCodec() {}

    private static void write(LaterFact fact, BinaryWriter out) {
        out.u8(tag(fact.id().kind())).string(fact.id().id()).string(fact.id().part());
        time(fact.modifiedAt(), out);
        out.raw(fact.body().sha256());
        if (fact.content() instanceof FactContent.Description whole) {
            out.u8('d')
                    .optionalString(whole.extensionId())
                    .optionalString(whole.contentUri())
                    .optionalString(whole.contentType());
            time(whole.durationMs(), out);
            time(whole.createdAt(), out);
            time(whole.readyAt(), out);
        } else if (fact.content() instanceof FactContent.Texts texts) {
            out.u8('t').varint(texts.texts().size());
            texts.texts().forEach(out::string);
        } else if (fact.content() instanceof FactContent.LogEntry entry) {
            out.u8('l');
            entry(entry, out);
        }
    }

    private static void entry(FactContent.LogEntry entry, BinaryWriter out) {
        out.string(entry.type())
                .string(entry.direction())
                .string(entry.action())
                .string(entry.result())
                .varint(entry.startTime())
                .varint(entry.durationMs());
        address(entry.from(), out);
        address(entry.to(), out);
        out.optionalString(entry.extensionId())
                .optionalString(entry.recordingId())
                .optionalString(entry.messageId())
                .optionalString(text(entry.costIncluded()))
                .optionalString(text(entry.costPurchased()))
                .varint(entry.legs().size());
        for (FactContent.LogLeg leg : entry.legs()) {
            out.u8(leg.master() ? 1 : 0)
                    .string(leg.legType())
                    .string(leg.type())
                    .optionalString(leg.direction())
                    .string(leg.action())
                    .string(leg.result())
                    .optionalString(leg.reason());
            address(leg.from(), out);
            address(leg.to(), out);
            out.optionalString(leg.telephonySessionId())
                    .optionalString(leg.partyId())
                    .optionalString(leg.extensionId())
                    .optionalString(leg.recordingId())
                    .varint(leg.startTime())
                    .varint(leg.durationMs());
        }
    }

    private static FactContent.LogEntry entry(BinaryReader in) {
        String type = in.string();
        String direction = in.string();
        String action = in.string();
        String result = in.string();
        long startTime = in.varint();
        long durationMs = in.varint();
        Address from = address(in);
        Address to = address(in);
        String extensionId = in.optionalString();
        String recordingId = in.optionalString();
        String messageId = in.optionalString();
        BigDecimal costIncluded = amount(in.optionalString());
        BigDecimal costPurchased = amount(in.optionalString());
        List<FactContent.LogLeg> legs = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            legs.add(new FactContent.LogLeg(
                    in.u8() == 1,
                    in.string(),
                    in.string(),
                    in.optionalString(),
                    in.string(),
                    in.string(),
                    in.optionalString(),
                    address(in),
                    address(in),
                    in.optionalString(),
                    in.optionalString(),
                    in.optionalString(),
                    in.optionalString(),
                    in.varint(),
                    in.varint()));
        }
        return new FactContent.LogEntry(
                type,
                direction,
                action,
                result,
                startTime,
                durationMs,
                from,
                to,
                extensionId,
                recordingId,
                messageId,
                costIncluded,
                costPurchased,
                legs);
    }

    private static void address(@Nullable Address address, BinaryWriter out) {
        out.u8(address == null ? 0 : 1);
        if (address != null) {
            out.optionalString(address.phoneNumber())
                    .optionalString(address.name())
                    .optionalString(address.extensionId())
                    .optionalString(address.extensionNumber());
        }
    }

    private static @Nullable Address address(BinaryReader in) {
        return in.u8() == 0
                ? null
                : new Address(in.optionalString(), in.optionalString(), in.optionalString(), in.optionalString());
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toString();
    }

    private static @Nullable BigDecimal amount(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    public static void write(SessionFacts facts, BinaryWriter out) {
        thing(facts.leftOutLog(), out);
        thing(facts.leftOutInsights(), out);
        thing(facts.leftOut(), out);
        write(facts.facts(), out);
    }

    public static SessionFacts readAll(BinaryReader in) {
        FactId leftOutLog = thing(in);
        FactId leftOutInsights = thing(in);
        FactId leftOut = thing(in);
        List<LaterFact> facts = readList(in);
        SessionFacts all = new SessionFacts(facts, leftOutLog, leftOutInsights, leftOut);
        return all.equals(SessionFacts.NONE) ? SessionFacts.NONE : all;
    }

    public static void write(List<LaterFact> facts, BinaryWriter out) {
        out.varint(facts.size());
        facts.forEach(fact -> write(fact, out));
    }

    public static List<LaterFact> readList(BinaryReader in) {
        int count = (int) in.varint();
        List<LaterFact> facts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            facts.add(read(in));
        }
        return List.copyOf(facts);
    }

    private static void thing(@Nullable FactId thing, BinaryWriter out) {
        out.u8(thing == null ? 0 : tag(thing.kind()));
        if (thing != null) {
            out.string(thing.id());
        }
    }

    private static @Nullable FactId thing(BinaryReader in) {
        int tag = in.u8();
        return tag == 0 ? null : new FactId(kind(tag), in.string(), "");
    }

    private static LaterFact read(BinaryReader in) {
        FactId id = new FactId(kind(in.u8()), in.string(), in.string());
        Long modifiedAt = time(in);
        EventBody body = EventBody.ofSha256(in.raw(EventBody.SHA_256_BYTES));
        return new LaterFact(id, modifiedAt, body, content(in));
    }

    private static FactContent content(BinaryReader in) {
        int tag = in.u8();
        if (tag == 'd') {
            return new FactContent.Description(
                    in.optionalString(), in.optionalString(), in.optionalString(), time(in), time(in), time(in));
        }
        if (tag == 'l') {
            return entry(in);
        }
        if (tag != 't') {
            throw new IllegalStateException("A stored later fact has the unknown content " + tag + ".");
        }
        List<String> texts = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            texts.add(in.string());
        }
        return new FactContent.Texts(texts);
    }

    private static int tag(FactKind kind) {
        return switch (kind) {
            case CALL_LOG -> 'c';
            case INSIGHTS -> 'i';
            case RECORDING -> 'r';
            case VOICEMAIL -> 'v';
        };
    }

    private static FactKind kind(int tag) {
        for (FactKind kind : FactKind.values()) {
            if (tag(kind) == tag) {
                return kind;
            }
        }
        throw new IllegalStateException("A stored later fact is of the unknown kind " + tag + ".");
    }

    /** One more than it is; 0 for none. */
    private static void time(@Nullable Long time, BinaryWriter out) {
        out.varint(time == null ? 0 : time + 1);
    }

    private static @Nullable Long time(BinaryReader in) {
        long time = in.varint();
        return time == 0 ? null : Long.valueOf(time - 1);
    }
}
