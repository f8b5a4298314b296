package io.callweave.call.completion;

import io.callweave.call.event.PartyRef;
import io.callweave.call.session.Ranges;
import org.jspecify.annotations.Nullable;

/** One thing that keeps a call from being {@linkplain Completion#isSettled settled}. */
public sealed interface CompletionBlocker {

    /**
     * A party is not over.
     *
     * @param status its last status
     * @param extensionId its own extension; null for an outside party; its end may never be delivered
     */
    record PartyOpen(
            PartyRef party, String status, @Nullable String extensionId) implements CompletionBlocker {}

    /** A session was named as a peer, was not seen, and may still come. */
    record SessionAwaited(String telephonySessionId) implements CompletionBlocker {}

    /** Sequence numbers of a session are missing, where that counts. */
    record SequencesMissing(String telephonySessionId, Ranges sequences) implements CompletionBlocker {}

    /** Only one party of a session was seen, but a call has at least two. */
    record PartyAlone(PartyRef party) implements CompletionBlocker {}

    /** A party ended for a reason that announces a continuation, which was not seen. */
    record ContinuationUnseen(PartyRef party, String reason) implements CompletionBlocker {}
}
