package io.callweave.topology;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What stage 1 has seen of each session: of every event its place and a hash of its body, no more, because that is all it
 * takes to drop duplicates. One value per session.
 */
final class SeenEvents {

    private static final int VERSION = 1;

    /** Sessions whose seen events are kept in memory; the store has them all. */
    private static final int CACHED_SESSIONS = 4_096;

    private final KeyValueStore<Bytes, byte[]> store;
    private final MessageDigest digest = sha256();
    private final Map<SessionKey, Map<PartyEvent.Place, Long>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Map<PartyEvent.Place, Long>> eldest) {
            return size() > CACHED_SESSIONS;
        }
    };

    SeenEvents(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** False for an event that was seen with this very body; stage 2 decides between different bodies. */
    boolean add(PartyEvent event) {
        Map<PartyEvent.Place, Long> seen = cache.computeIfAbsent(event.session(), this::load);
        long hash = hash(event.body());
        Long before = seen.put(event.place(), hash);
        if (before != null && before == hash) {
            return false;
        }
        store.put(StoreKeys.session(event.session()), write(seen));
        return true;
    }

    private Map<PartyEvent.Place, Long> load(SessionKey key) {
        return read(store.get(StoreKeys.session(key)));
    }

    private static byte[] write(Map<PartyEvent.Place, Long> seen) {
        BinaryWriter out = new BinaryWriter(16 + seen.size() * 64).u8(VERSION);
        seen.forEach((place, hash) -> out.varint(place.sequence()).i64(hash).string(place.partyId()));
        return out.bytes();
    }

    private static Map<PartyEvent.Place, Long> read(byte @Nullable [] value) {
        Map<PartyEvent.Place, Long> seen = new HashMap<>();
        if (value != null) {
            BinaryReader in = new BinaryReader(value);
            in.version(VERSION, "record of seen events");
            while (!in.atEnd()) {
                long sequence = in.varint();
                long hash = in.i64();
                seen.put(new PartyEvent.Place(sequence, in.string()), hash);
            }
        }
        return seen;
    }

    /** The first 64 bits of SHA-256: a sender cannot make two bodies collide to have one dropped. */
    private long hash(String body) {
        return ByteBuffer.wrap(digest.digest(body.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
