package io.callweave.call;

import org.jspecify.annotations.Nullable;

/** One thing that keeps a call from being {@linkplain Completion#isBeyondDoubt over beyond doubt}. */
public sealed interface Doubt {

    /**
     * A party is not over.
     *
     * @param status its last status
     * @param extensionId its own extension; null for an outside party, whose end may never be delivered
     */
    record PartyOpen(
            PartyRef party, String status, @Nullable String extensionId) implements Doubt {}

    /** A session was named as a peer, was not seen, and may still come. */
    record SessionAwaited(String telephonySessionId) implements Doubt {}

    /** Sequence numbers of a session are missing, where that counts. */
    record SequencesMissing(String telephonySessionId, Ranges sequences) implements Doubt {}

    /** Of a session only this party was seen, and nobody is on the phone alone. */
    record PartyAlone(PartyRef party) implements Doubt {}

    /** A party ended for a reason that announces a continuation, which was not seen. */
    record ContinuationUnseen(PartyRef party, String reason) implements Doubt {}
}
