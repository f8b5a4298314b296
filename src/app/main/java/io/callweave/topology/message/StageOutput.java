package io.callweave.topology.message;

import io.callweave.call.completion.CompletionReason;
import io.callweave.call.fact.FactKind;
import io.callweave.call.record.CallRecord;
import io.callweave.metrics.WindowKey;
import io.callweave.notification.EnvelopeIds;
import io.callweave.topics.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stage emits. */
public sealed interface StageOutput permits StageOutput.OfAccount, StageOutput.Unplaced, DeadLetter {

    /** Those that the stage writes, besides dead letters. */
    List<Topic> TOPICS = List.of(
            Topic.PARTY_EVENTS,
            Topic.CALLS,
            Topic.LIVE_CALLS,
            Topic.PARTY_METRICS,
            Topic.WINDOW_METRICS,
            Topic.ARTIFACTS);

    /** What belongs to one account, and says so in a header. */
    sealed interface OfAccount extends StageOutput
            permits OrderedEvent, CallEmission, LiveUpdate, PartyRow, WindowUpdate, ArtifactUpdate {

        Topic topic();

        String accountId();

        /** Of the record. */
        String key();

        /** The value; null for a tombstone. */
        byte @Nullable [] json();

        /** Why a record of a finished call was emitted, and its rows; null for all else. */
        default @Nullable CompletionReason reason() {
            return null;
        }

        /** Receipt of the notification that caused it, in milliseconds since the epoch. */
        long lastReceivedAt();
    }

    /**
     * A party event in its place in the order of its session.
     *
     * @param late whether one with a higher sequence went out before
     * @param afterGap whether what is missing before it was given up
     */
    record OrderedEvent(
            String accountId,
            String telephonySessionId,
            byte[] json,
            boolean late,
            boolean afterGap,
            long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.PARTY_EVENTS;
        }

        @Override
        public String key() {
            return telephonySessionId;
        }
    }

    /**
     * A record of a finished call.
     *
     * @param call what the record says; null if it says that the call is part of another one now
     * @param json the record
     * @param feedGap the key of a gap in the notifications of its account that it overlaps; null if none is known
     * @param artifactsOnly whether only its artifacts differ from the revision before
     */
    record CallEmission(
            String accountId,
            String callId,
            CompletionReason reason,
            @Nullable CallRecord call,
            long revision,
            byte[] json,
            @Nullable String feedGap,
            boolean artifactsOnly,
            long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.CALLS;
        }

        @Override
        public String key() {
            return callKey(accountId, callId);
        }
    }

    /**
     * A record of a live call.
     *
     * @param json null for a call that is live no more under this id
     */
    record LiveUpdate(String accountId, String callId, byte @Nullable [] json, long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.LIVE_CALLS;
        }

        @Override
        public String key() {
            return callKey(accountId, callId);
        }
    }

    /**
     * The row of a party of a finished call.
     *
     * @param reason of the call record that it comes with
     */
    record PartyRow(String accountId, String key, CompletionReason reason, byte[] json, long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.PARTY_METRICS;
        }
    }

    /**
     * The figures of a window.
     *
     * @param json null for a window that has become empty
     */
    record WindowUpdate(WindowKey window, String key, byte @Nullable [] json, long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.WINDOW_METRICS;
        }

        @Override
        public String accountId() {
            return window.accountId();
        }
    }

    /**
     * What RingCentral said of a recording, a message or a set of insights, as it came.
     *
     * @param json the body of the notification; null if it belongs to another session now
     */
    record ArtifactUpdate(
            String accountId,
            String telephonySessionId,
            FactKind kind,
            String id,
            byte @Nullable [] json,
            long lastReceivedAt)
            implements OfAccount {

        @Override
        public Topic topic() {
            return Topic.ARTIFACTS;
        }

        @Override
        public String key() {
            return accountId + "/" + telephonySessionId + "/" + kind.wireName() + "/" + id;
        }
    }

    /** A later fact of which no session was seen in time. */
    record Unplaced(RepartitionMessage.Routed notice, EnvelopeIds known) implements StageOutput {}

    /** The key of everything that is about one call: account first, because a session can be a call of two accounts. */
    static String callKey(String accountId, String callId) {
        return accountId + "/" + callId;
    }
}
