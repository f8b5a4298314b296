package io.callweave.topology;

import io.callweave.call.SessionKey;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the stores. Strings carry their length in front, so that no key is the beginning of another one's. */
final class StoreKeys {

    private StoreKeys() {}

    static Bytes session(SessionKey key) {
        return bytes(sessionPrefix(key));
    }

    static Bytes event(SessionKey key, long sequence, String partyId) {
        return bytes(sessionPrefix(key).i64(sequence).string(partyId));
    }

    /** All names of a session lie together under {@link #session}, by the session that gave the name. */
    static Bytes naming(String accountId, String named, String namedBy) {
        return bytes(sessionPrefix(new SessionKey(accountId, named)).string(namedBy));
    }

    static Bytes due(long time, SessionKey key) {
        return bytes(new BinaryWriter(96).i64(time).string(key.accountId()).string(key.telephonySessionId()));
    }

    static Bytes dueFrom(long time) {
        return bytes(new BinaryWriter(Long.BYTES).i64(time));
    }

    static Bytes number(long value) {
        return bytes(new BinaryWriter(Long.BYTES).i64(value));
    }

    static SessionKey sessionOf(BinaryReader in) {
        return new SessionKey(in.string(), in.string());
    }

    private static BinaryWriter sessionPrefix(SessionKey key) {
        return new BinaryWriter(96).string(key.accountId()).string(key.telephonySessionId());
    }

    private static Bytes bytes(BinaryWriter writer) {
        return Bytes.wrap(writer.bytes());
    }
}
