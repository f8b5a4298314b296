package io.callweave.bridge;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.call.fact.FactKind;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.callweave.notification.Rejection;
import io.callweave.notification.RoutingResult;
import io.callweave.notification.Transcripts;
import io.callweave.settings.InsightsDetail;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in, for every transport: finds the key of a notification, checks its account, masks personal data, makes the record and
 * has it kept. What has no key goes to {@code dead-letters}; other event types are left out. Thread-safe, as far as the
 * timestamps are.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Function<byte[], RoutingResult> keyer;
    private final IntakeRules rules;
    private final RawRecords records;
    private final PersonalDataMasker masker;
    private final TimestampSource timestamps;
    private final DurableSink sink;
    private final IntakeListener listener;
    private final InstantSource clock;

    /**
     * Takes notifications into a sink.
     *
     * @param sink stays the caller's, who closes it
     * @param clock tells when something was rejected
     */
    public Intake(IntakeRules rules, DurableSink sink, IntakeListener listener, InstantSource clock) {
        this(rules, new NotificationKeyer(rules.maxBytes())::key, sink, listener, clock);
    }

    Intake(
            IntakeRules rules,
            Function<byte[], RoutingResult> keyer,
            DurableSink sink,
            IntakeListener listener,
            InstantSource clock) {
        this.keyer = keyer;
        this.rules = rules;
        records = new RawRecords(rules.prefix());
        masker = new PersonalDataMasker(rules.privacyKey());
        timestamps = rules.timestamps();
        this.sink = sink;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Takes one notification. Completes when it is safe, or when it is known why not; never exceptionally. If it is cancelled,
     * nothing is kept that was not kept yet.
     *
     * @param owner of the notifications that this transport brings
     * @param value as received; must not be changed afterwards
     */
    public CompletableFuture<IntakeOutcome> accept(Owner owner, byte[] value, Receipt receipt) {
        RoutingResult routing = keyer.apply(value);
        String named = routing.account();
        Owner.Known known = owner.known(named);
        if (!owner.admits(named)) {
            hear(known, receipt, IntakeOutcome.FOREIGN_ACCOUNT);
            return CompletableFuture.completedFuture(IntakeOutcome.FOREIGN_ACCOUNT);
        }
        OtherEvent skipped = skipped(routing);
        if (skipped != null) {
            listener.skipped(skipped, known.account());
            hear(known, receipt, IntakeOutcome.SKIPPED);
            return CompletableFuture.completedFuture(IntakeOutcome.SKIPPED);
        }
        return routing instanceof RoutingResult.Unkeyed unkeyed
                ? deadLetter(known, value, unkeyed.rejection(), receipt)
                : publish(known, value, routing, receipt);
    }

    /** Null for what is taken. */
    private @Nullable OtherEvent skipped(RoutingResult routing) {
        if (routing instanceof RoutingResult.OfFact fact) {
            boolean taken = fact.kind() == FactKind.INSIGHTS
                    ? rules.insights() != InsightsDetail.OFF
                    : rules.takesOurs() || !fact.kind().isOurs();
            return taken ? null : OtherEvent.OTHER;
        }
        return routing instanceof RoutingResult.Skipped other ? other.kind() : null;
    }

    /** The session; the account of what names none. */
    private @Nullable String key(RoutingResult routing, Owner.Known owner) {
        String session = routing instanceof RoutingResult.Keyed keyed
                ? keyed.telephonySessionId()
                : routing instanceof RoutingResult.OfFact fact ? fact.telephonySessionId() : null;
        return session == null ? owner.account() : masker.sessionId(owner.privacy(), owner.hashScope(), session);
    }

    /** Without what is not to be written anywhere. */
    private byte[] shortened(RoutingResult routing, byte[] value) throws IOException {
        return routing instanceof RoutingResult.OfFact fact
                        && fact.kind() == FactKind.INSIGHTS
                        && rules.insights() == InsightsDetail.SUMMARY
                ? Transcripts.removedFrom(value)
                : value;
    }

    private CompletableFuture<IntakeOutcome> publish(
            Owner.Known owner, byte[] value, RoutingResult routing, Receipt receipt) {
        byte[] masked;
        try {
            masked = masker.notification(
                    owner.privacy(), owner.hashScope(), shortened(routing, value), rules.maxBytes());
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .setMessage("A notification could not be masked; only its size is kept.")
                    .addKeyValue("account", owner.account())
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log();
            Rejection rejection = new Rejection(RejectReason.INTERNAL_ERROR, "Masking personal data failed.");
            return deadLetter(owner, value, rejection, receipt);
        }
        if (masked == null) {
            Rejection rejection = new Rejection(
                    RejectReason.TOO_LARGE, "With hashes, the notification is over " + rules.maxBytes() + " bytes.");
            return deadLetter(owner, value, rejection, receipt);
        }
        Long timestamp = timestamps.of(value, routing, receipt);
        RawRecord record = records.notification(masked, key(routing, owner), owner.account(), receipt, timestamp);
        return keep(
                record,
                IntakeOutcome.PUBLISHED,
                () -> listener.published(owner.account(), receipt.receivedAt(), routing.timestamp()),
                outcome -> hear(owner, receipt, outcome));
    }

    private CompletableFuture<IntakeOutcome> deadLetter(
            Owner.Known owner, byte[] value, Rejection rejection, Receipt receipt) {
        byte[] shown = masker.unreadable(owner.privacy(), value);
        RawRecord record = records.deadLetter(shown, rejection, owner.account(), receipt.source(), clock.millis());
        return keep(
                record,
                IntakeOutcome.DEAD_LETTERED,
                () -> listener.deadLettered(rejection.reason()),
                outcome -> hear(owner, receipt, outcome));
    }

    private void hear(Owner.Known owner, Receipt receipt, IntakeOutcome outcome) {
        listener.ended(owner.account(), receipt.transport(), outcome);
    }

    /** @param ended hears the outcome before the caller does; not of one that was cancelled */
    private CompletableFuture<IntakeOutcome> keep(
            RawRecord record, IntakeOutcome kept, Runnable whenKept, Consumer<IntakeOutcome> ended) {
        CompletableFuture<Kept> keeping = sink.keep(record);
        CompletableFuture<IntakeOutcome> outcome = new CompletableFuture<>();
        var unused = keeping.whenComplete((result, failure) -> {
            if (result == Kept.KEPT) {
                whenKept.run();
            } else if (failure != null && !keeping.isCancelled()) { // a sink promises that there is none
                LOG.atError()
                        .setMessage("Safekeeping failed.")
                        .addKeyValue("failure", failure.getClass().getSimpleName())
                        .log();
            }
            IntakeOutcome reached = outcome(result, kept);
            if (!keeping.isCancelled()) {
                ended.accept(reached);
            }
            outcome.complete(reached);
        });
        return passCancelOn(outcome, keeping);
    }

    private static CompletableFuture<IntakeOutcome> passCancelOn(
            CompletableFuture<IntakeOutcome> outcome, CompletableFuture<Kept> keeping) {
        var unused = outcome.whenComplete((given, failure) -> {
            if (outcome.isCancelled()) {
                keeping.cancel(false);
            }
        });
        return outcome;
    }

    private static IntakeOutcome outcome(@Nullable Kept result, IntakeOutcome kept) {
        return result == null
                ? IntakeOutcome.NO_ROOM
                : switch (result) {
                    case KEPT -> kept;
                    case NO_ROOM -> IntakeOutcome.NO_ROOM;
                    case BUSY -> IntakeOutcome.BUSY;
                    case TOO_LARGE -> IntakeOutcome.TOO_LARGE;
                };
    }
}
