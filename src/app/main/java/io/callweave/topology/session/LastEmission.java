package io.callweave.topology.session;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What last went out on {@code calls} under a call id. The record itself is not kept: it can be folded again from the events,
 * and a hash tells whether a record says anything new.
 *
 * @param revision counts the emissions under this id
 * @param supersededBy the call that it said this one is part of, null if it said that it is a call
 * @param foldVersion by what the record was folded, as {@code FoldVersion} has it
 * @param hash of the record, by {@code RecordHash}
 * @param inGap whether it said in a header that notifications of it may be missing
 * @param json the record, where it cannot be folded again: it was capped or superseded, folding failed, or
 *     later facts are held back; else null
 */
public record LastEmission(
        long revision,
        @Nullable String supersededBy,
        long foldVersion,
        byte[] hash,
        boolean inGap,
        byte @Nullable [] json) {

    public boolean isCall() {
        return supersededBy == null;
    }

    /** The same with this record, or without one. */
    public LastEmission with(byte @Nullable [] kept) {
        return new LastEmission(revision, supersededBy, foldVersion, hash, inGap, kept);
    }

    /** All but {@code inGap}, which is a flag of its session. */
    void write(BinaryWriter out) {
        out.varint(revision)
                .optionalString(supersededBy)
                .i64(foldVersion)
                .bytes(hash)
                .optionalBytes(json);
    }

    static LastEmission read(BinaryReader in, boolean inGap) {
        return new LastEmission(in.varint(), in.optionalString(), in.i64(), in.bytes(), inGap, in.optionalBytes());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LastEmission emission
                && revision == emission.revision
                && Objects.equals(supersededBy, emission.supersededBy)
                && foldVersion == emission.foldVersion
                && inGap == emission.inGap
                && Arrays.equals(hash, emission.hash)
                && Arrays.equals(json, emission.json);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(revision) * 31 + Arrays.hashCode(hash);
    }
}
