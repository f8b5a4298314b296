package io.callweave.topology.state;

import io.callweave.call.event.SessionKey;
import java.util.Arrays;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keys of the stores. The first byte tells what an entry is, because one store that holds several kinds costs a task less
 * than a store for each: a RocksDB and a changelog topic. Strings carry their length in front, so that no key is the
 * beginning of another one's.
 */
public final class StoreKeys {

    /** The kinds of entries; a byte of a kind is never used again for another. */
    public enum Kind {
        STATE('s'),
        CLOCK('c'),
        NOW('n'),
        EPOCH('p'),
        SLOT('v'),
        HOLDING('h'),
        DUE('d'),
        POSITION('q'),
        WINDOW('w'),
        COUNTED_ON('y'),
        DAY('t'),
        PAGE('g'),
        NOTE('o'),
        ANCHOR('a'),
        NOTICE('i'),
        WAITING('e');

        private final int tag;

        Kind(char tag) {
            this.tag = tag;
        }
    }

    private StoreKeys() {}

    public static Bytes of(Kind kind) {
        return bytes(new BinaryWriter(1).u8(kind.tag));
    }

    public static Bytes session(Kind kind, SessionKey key) {
        return bytes(sessionPrefix(kind, key));
    }

    /** The beginning of the keys of an account's sessions. */
    public static Bytes sessions(Kind kind, String accountId) {
        return bytes(new BinaryWriter(32).u8(kind.tag).string(accountId));
    }

    public static boolean isUnder(Bytes key, Bytes prefix) {
        byte[] beginning = prefix.get();
        return key.get().length >= beginning.length
                && Arrays.equals(key.get(), 0, beginning.length, beginning, 0, beginning.length);
    }

    static Bytes slot(int number) {
        return bytes(new BinaryWriter(9).u8(Kind.SLOT.tag).i64(number));
    }

    public static Bytes due(long time, SessionKey key) {
        return bytes(new BinaryWriter(96)
                .u8(Kind.DUE.tag)
                .i64(time)
                .string(key.accountId())
                .string(key.telephonySessionId()));
    }

    public static Bytes dueFrom(long time) {
        return bytes(new BinaryWriter(9).u8(Kind.DUE.tag).i64(time));
    }

    /** Behind all of them, and before every other kind. */
    public static Bytes dueEnd() {
        return bytes(new BinaryWriter(1).u8(Kind.DUE.tag + 1));
    }

    public static Bytes clock(int sourcePartition) {
        return bytes(new BinaryWriter(9).u8(Kind.CLOCK.tag).i64(sourcePartition));
    }

    /** One of what waits of an account, by its number. */
    public static Bytes waiting(String accountId, long number) {
        return bytes(new BinaryWriter(32).u8(Kind.WAITING.tag).string(accountId).i64(number));
    }

    public static Bytes note(long number) {
        return bytes(new BinaryWriter(9).u8(Kind.NOTE.tag).i64(number));
    }

    /**
     * The beginning of the keys of one account's day.
     *
     * @param day since the epoch
     */
    public static BinaryWriter ofDay(Kind kind, String accountId, long day) {
        return new BinaryWriter(96).u8(kind.tag).string(accountId).i64(day);
    }

    /** An entry of an account under a name of its own. */
    public static Bytes named(Kind kind, String accountId, String name) {
        return bytes(new BinaryWriter(96).u8(kind.tag).string(accountId).string(name));
    }

    /** A reader that stands behind the kind. */
    public static BinaryReader reader(Bytes key) {
        BinaryReader in = new BinaryReader(key.get());
        in.u8();
        return in;
    }

    public static SessionKey sessionOf(BinaryReader in) {
        return new SessionKey(in.string(), in.string());
    }

    /** The entries with keys that begin with this, in order. Close it. */
    public static KeyValueIterator<Bytes, byte[]> under(KeyValueStore<Bytes, byte[]> store, Bytes prefix) {
        return store.prefixScan(prefix, new BytesSerializer());
    }

    private static BinaryWriter sessionPrefix(Kind kind, SessionKey key) {
        return new BinaryWriter(96).u8(kind.tag).string(key.accountId()).string(key.telephonySessionId());
    }

    private static Bytes bytes(BinaryWriter writer) {
        return Bytes.wrap(writer.bytes());
    }
}
