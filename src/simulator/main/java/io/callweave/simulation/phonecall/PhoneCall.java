package io.callweave.simulation.phonecall;

import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.PeerForm;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.scene.Scene;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.simulation.truth.Truths;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A phone call, written as its course of events:
 *
 * <pre>{@code
 * call().inbound("+15550100002").ivr("Main menu").answeredBy("104").after(7, SECONDS)
 *         .onHold(5, SECONDS).transferredTo("106").hangUp()
 * }</pre>
 *
 * <p>One party acts: the user of the account who has the call. The other end stays the same when the call is
 * transferred. {@link #by} changes who acts. Every verb returns a new call, so calls can share their beginning. An
 * impossible step, such as the transfer of a call that nobody answered, fails with a sentence when the notifications
 * are built.
 */
public final class PhoneCall extends TalkingVerbs {

    /** Not SplittableRandom's own increment: with that, seeds 1 and 2 would draw the same numbers, one step apart. */
    private static final long SEED_SPREAD = 0xD1B54A32D192ED03L;

    private final CallStart start;
    private final List<ScriptStep> steps;
    private @Nullable Scene played;

    private PhoneCall(CallStart start, List<ScriptStep> steps) {
        this.start = start;
        this.steps = steps;
    }

    /** A call about to begin. */
    public static CallStart call() {
        return CallStart.DEFAULT;
    }

    static PhoneCall begin(CallStart start, String text, ScriptStep.Action action) {
        return new PhoneCall(start, List.of(new ScriptStep(text, AT_ONCE, AT_ONCE, action)));
    }

    // When

    /**
     * The time between the last step and the one before it; by default 2 to 20 seconds. For a step that first rings a
     * phone and then answers it: how long the phone rings.
     */
    public PhoneCall after(long amount, TemporalUnit unit) {
        return after(Duration.of(amount, unit));
    }

    public PhoneCall after(Duration time) {
        if (steps.size() == 1) {
            throw new IllegalStateException("A call begins at its start time, not after something");
        }
        List<ScriptStep> all = new ArrayList<>(steps);
        all.set(all.size() - 1, all.get(all.size() - 1).after(time));
        return new PhoneCall(start, List.copyOf(all));
    }

    // What the platform sends

    /** In the order of sending. */
    public List<Notification> notifications() {
        return scene().sent();
    }

    /** The notifications' texts. */
    public List<String> lines() {
        return notifications().stream().map(Notification::json).toList();
    }

    // The truth about the call

    public SimulatedAccount account() {
        return start.account();
    }

    /** The ids of all accounts that receive notifications. */
    public List<String> subscribers() {
        return scene().subscribers().stream().map(SimulatedAccount::id).toList();
    }

    /** In the order in which the sessions began, including those of supervisors. */
    public List<String> telephonySessionIds() {
        return scene().sessions().stream().map(TelephonySession::id).toList();
    }

    /**
     * The same ids, grouped by call, the call itself first. A consultation that did not lead to a transfer is a call of
     * its own, and so is a supervision without a take-over.
     */
    public List<Set<String>> sessionsByCall() {
        return scene().calls().stream()
                .map(sessions -> sessions.stream().map(TelephonySession::id).collect(Collectors.toSet()))
                .toList();
    }

    /**
     * Each resulting call, in the view of each account that sees some of it: as its record must be, and with what never
     * reached the account.
     *
     * @param dropped the notifications that were lost
     */
    public List<CallTruth> truths(Predicate<Notification> dropped) {
        return Truths.of(scene(), dropped);
    }

    /** The same, if nothing was lost. */
    public List<CallTruth> truths() {
        return truths(notification -> false);
    }

    /** The ids of an extension's parties, in the order in which they began. */
    public List<String> partiesOf(String extension) {
        String id = start.account().extension(extension).id();
        return scene().legs().stream()
                .filter(leg -> leg.extension() != null && leg.extension().id().equals(id))
                .map(SimulatedLeg::id)
                .toList();
    }

    /**
     * The number of events that nobody received, because they belong to an account without a subscription. Each leaves
     * a gap.
     */
    public int undelivered() {
        return scene().undelivered();
    }

    public Instant startTime() {
        return start.time();
    }

    /** When a person first answered; empty if nobody did. */
    public Optional<Instant> answerTime() {
        return Optional.ofNullable(scene().answeredAt());
    }

    /** The time of the last event. */
    public Instant endTime() {
        return notifications().stream()
                .map(Notification::eventTime)
                .max(Instant::compareTo)
                .orElse(start.time());
    }

    /** The call as a test would write it. */
    @Override
    public String toString() {
        return "call().in(%s).seeded(%d).startingAt(%s)%s%s"
                .formatted(
                        start.account().id(),
                        start.seed(),
                        start.time(),
                        reported(),
                        steps.stream().map(step -> "." + step.text()).collect(Collectors.joining()));
    }

    private String reported() {
        PeerForm form = start.wire().peerForm();
        return start.wire().equals(Wire.TODAY.withPeers(form))
                ? ".withPeers(" + form + ")"
                : ".on(" + start.wire() + ")";
    }

    @Override
    PhoneCall then(String text, Duration shortest, Duration longest, ScriptStep.Action action) {
        List<ScriptStep> all = new ArrayList<>(steps);
        all.add(new ScriptStep(text, shortest, longest, action));
        return new PhoneCall(start, List.copyOf(all));
    }

    private Scene scene() {
        Scene scene = played;
        if (scene == null) {
            scene = play();
            played = scene;
        }
        return scene;
    }

    private Scene play() {
        String beginning = start.account().id() + start.time() + steps.get(0).text();
        Scene scene = new Scene(
                start.account(),
                start.otherSubscribers(),
                start.time(),
                start.wire(),
                start.seed() * SEED_SPREAD + beginning.hashCode());
        for (ScriptStep step : steps) {
            try {
                step.play(scene);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(e.getMessage() + ", at " + step.text() + " of " + this, e);
            }
        }
        return scene;
    }
}
