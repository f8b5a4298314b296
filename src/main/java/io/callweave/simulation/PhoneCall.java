package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A phone call, told as it happens:
 *
 * <pre>{@code
 * call().inbound("+15550100002").ivr("Main menu").answeredBy("104").after(7, SECONDS)
 *         .onHold(5, SECONDS).transferredTo("106").hangUp()
 * }</pre>
 *
 * <p>One party acts: the user of the account who has the call. The other end stays what it is when the call is handed
 * on. {@link #by} changes who acts. Every verb gives a new call, so calls may share their beginning. What cannot
 * happen, like a transfer of a call that nobody answered, fails with a sentence when the notifications are asked for.
 */
public final class PhoneCall {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Not SplittableRandom's own increment: seeds 1 and 2 would draw the same numbers, a step apart. */
    private static final long SEED_SPREAD = 0xD1B54A32D192ED03L;

    private final CallStart start;
    private final List<Step> steps;
    private @Nullable Scene played;

    private PhoneCall(CallStart start, List<Step> steps) {
        this.start = start;
        this.steps = steps;
    }

    /** A call about to begin. */
    public static CallStart call() {
        return CallStart.DEFAULT;
    }

    static PhoneCall begin(CallStart start, String text, Step.Action action) {
        return new PhoneCall(start, List.of(new Step(text, AT_ONCE, AT_ONCE, action)));
    }

    // When

    /**
     * How long after the step before it the last step happens; else people take 2 to 20 seconds. Answering that rings a
     * phone first: how long it rings.
     */
    public PhoneCall after(long amount, TemporalUnit unit) {
        return after(Duration.of(amount, unit));
    }

    public PhoneCall after(Duration time) {
        if (steps.size() == 1) {
            throw new IllegalStateException("A call begins at its start time, not after something");
        }
        List<Step> all = new ArrayList<>(steps);
        all.set(all.size() - 1, all.get(all.size() - 1).after(time));
        return new PhoneCall(start, List.copyOf(all));
    }

    // Before anybody has it

    /** The caller hears a menu for some seconds. */
    public PhoneCall ivr(String name) {
        return then(
                text("ivr", name),
                AT_ONCE,
                AT_ONCE,
                (scene, after) -> Ringing.ivr(scene, name, after, scene.someSeconds()));
    }

    public PhoneCall ivr(String name, long listening, TemporalUnit unit) {
        Duration time = Duration.of(listening, unit);
        return then(
                text("ivr", name, time.toString()),
                AT_ONCE,
                AT_ONCE,
                (scene, after) -> Ringing.ivr(scene, name, after, time));
    }

    /** These agents' phones ring at once, for a call to this queue. */
    public PhoneCall queue(String name, String... agents) {
        List<String> all = List.of(agents);
        return then(text("queue", name, agents), AT_ONCE, AT_ONCE, (scene, after) -> {
            scene.pass(after);
            Ringing.queue(scene, name, all);
        });
    }

    /** The caller waits in a queue, where no agent is free, and hears music. */
    public PhoneCall waitingIn(String queue, Duration time) {
        return then(
                text("waitingIn", queue, time.toString()),
                AT_ONCE,
                AT_ONCE,
                (scene, after) -> Ringing.waitIn(scene, queue, after, time));
    }

    /** The caller enters an extension in the menu, whose phone then rings. */
    public PhoneCall dialsInMenu(String extension) {
        return then(text("dialsInMenu", extension), (scene, after) -> Ringing.dialsInMenu(scene, extension, after));
    }

    /** The phone that rings passes the call on, by a rule of its owner, to another one that rings. */
    public PhoneCall redirectedTo(String to) {
        return then(text("redirectedTo", to), (scene, after) -> Ringing.redirected(scene, to, after));
    }

    /** None of the agents answers, so the queue tries these. */
    public PhoneCall queueMovesOnTo(String... agents) {
        List<String> all = List.of(agents);
        return then(text("queueMovesOnTo", agents), (scene, after) -> Ringing.queueMovesOn(scene, all, after));
    }

    /** A phone rings. */
    public PhoneCall ringing(String callee) {
        return then(text("ringing", callee), AT_ONCE, AT_ONCE, (scene, after) -> {
            scene.pass(after);
            Ringing.ring(scene, callee);
        });
    }

    /** This extension answers; if no phone rings yet, its phone rings first. */
    public PhoneCall answeredBy(String extension) {
        return then(text("answeredBy", extension), (scene, after) -> Ringing.answeredBy(scene, extension, after));
    }

    /** The one phone that rings is answered. */
    public PhoneCall answered() {
        return then(text("answered"), Ringing::answered);
    }

    /** A colleague answers from another phone, by its busy lamp field. */
    public PhoneCall pickedUpBy(String extension) {
        return then(text("pickedUpBy", extension), (scene, after) -> Ringing.pickedUpBy(scene, extension, after));
    }

    /** The phone rings in vain, and the caller speaks to the voicemail. */
    public PhoneCall voicemailOf(String extension) {
        return then(text("voicemailOf", extension), (scene, after) -> Ringing.voicemailOf(scene, extension, after));
    }

    /** The phone that rings, or is being screened, gives up and the caller speaks to the voicemail. */
    public PhoneCall toVoicemail() {
        return then(text("toVoicemail"), Ringing::toVoicemail);
    }

    /** The user listens to what the caller says to the voicemail, and may still answer. */
    public PhoneCall voicemailScreenedBy(String extension) {
        return then(
                text("voicemailScreenedBy", extension), (scene, after) -> Ringing.screened(scene, extension, after));
    }

    /** A fax comes in; {@link #after} is how long it takes. The call ends with it. */
    public PhoneCall faxFor(String extension) {
        return then(text("faxFor", extension), (scene, after) -> Ringing.faxFor(scene, extension, after));
    }

    // While they talk

    public PhoneCall onHold(long amount, TemporalUnit unit) {
        Duration time = Duration.of(amount, unit);
        return then(text("onHold", time.toString()), (scene, after) -> {
            Talking.hold(scene, after);
            Talking.unhold(scene, time);
        });
    }

    public PhoneCall hold() {
        return then(text("hold"), Talking::hold);
    }

    public PhoneCall unhold() {
        return then(text("unhold"), Talking::unhold);
    }

    public PhoneCall mute() {
        return then(text("mute"), (scene, after) -> Talking.mute(scene, true, after));
    }

    public PhoneCall unmute() {
        return then(text("unmute"), (scene, after) -> Talking.mute(scene, false, after));
    }

    /** A recording starts, or goes on after a pause. */
    public PhoneCall recorded() {
        return then(text("recorded"), (scene, after) -> Talking.record(scene, true, after));
    }

    public PhoneCall recordingPaused() {
        return then(text("recordingPaused"), (scene, after) -> Talking.record(scene, false, after));
    }

    /** The name of the other end comes to be known. */
    public PhoneCall nameLearned(String name) {
        return then(text("nameLearned", name), (scene, after) -> Talking.learnName(scene, name, after));
    }

    /** From now on this extension acts. */
    public PhoneCall by(String extension) {
        return then(text("by", extension), AT_ONCE, AT_ONCE, (scene, after) -> Talking.by(scene, extension));
    }

    // Handing it on

    /** A blind transfer, to an extension or an outside number, that is answered within some seconds. */
    public PhoneCall transferredTo(String to) {
        return transferredTo(to, "BlindTransfer");
    }

    /** A blind transfer that is reported with this reason: BlindTransfer, RccTransfer or DtmfTransfer. */
    public PhoneCall transferredTo(String to, String reason) {
        return then(text("transferredTo", to, reason), (scene, after) -> Transfer.blind(scene, to, reason, after));
    }

    /** A blind transfer whose target rings; say next what comes of it. */
    public PhoneCall forwardedTo(String to) {
        return then(text("forwardedTo", to), (scene, after) -> Transfer.forward(scene, to, "BlindTransfer", after));
    }

    /** An attended transfer: hold, consultation in a second session, and the two are connected. */
    public PhoneCall attendedTransferTo(String to) {
        return then(text("attendedTransferTo", to), (scene, after) -> Transfer.attended(scene, to, after));
    }

    /** The first half of an attended transfer: the other end waits while this one is asked. */
    public PhoneCall consulting(String whom) {
        return then(text("consulting", whom), (scene, after) -> Transfer.consult(scene, whom, after));
    }

    /** The second half: the one who asked leaves, the others talk. */
    public PhoneCall connected() {
        return then(text("connected"), Transfer::connect);
    }

    /** The one who was asked hangs up, and the first call goes on. */
    public PhoneCall backFromConsulting() {
        return then(text("backFromConsulting"), Transfer::endConsultation);
    }

    /** The one who acts calls these too, one after the other, and brings all together. */
    public PhoneCall conferenceWith(String... others) {
        List<String> all = List.of(others);
        return then(text("conferenceWith", others), (scene, after) -> Conferencing.with(scene, all, after));
    }

    /** The host of a conference calls one more and takes them in. */
    public PhoneCall joinedBy(String other) {
        return then(text("joinedBy", other), (scene, after) -> Conferencing.add(scene, other, after));
    }

    /** Parked, but the platform shows the party of the other end as the parked one. */
    public PhoneCall otherSideParkedAt(String number) {
        return then(text("otherSideParkedAt", number), (scene, after) -> Parking.parkOtherSide(scene, number, after));
    }

    /** Parked at an extension's number, as {@code *801}. */
    public PhoneCall parkedAt(String number) {
        return then(text("parkedAt", number), (scene, after) -> Parking.parkAt(scene, number, after));
    }

    public PhoneCall fetchedFromParkBy(String extension) {
        return then(text("fetchedFromParkBy", extension), (scene, after) -> Parking.fetch(scene, extension, after));
    }

    /** Parked in a park location. */
    public PhoneCall parkedInLocation() {
        return then(text("parkedInLocation"), Parking::parkInLocation);
    }

    public PhoneCall fetchedFromLocationBy(String extension) {
        return then(
                text("fetchedFromLocationBy", extension),
                (scene, after) -> Parking.fetchFromLocation(scene, extension, after));
    }

    /** The user goes on, on another phone. */
    public PhoneCall flipped() {
        return then(text("flipped"), Devices::flip);
    }

    /** The user goes on, on another device of the same application. */
    public PhoneCall switchedDevice() {
        return then(text("switchedDevice"), Devices::change);
    }

    // Listening in

    /** Listening, whispering and barging in: the platform shows them all alike. */
    public PhoneCall supervisedBy(String extension) {
        return then(text("supervisedBy", extension), (scene, after) -> Supervision.begin(scene, extension, after));
    }

    public PhoneCall supervisionEnds() {
        return then(text("supervisionEnds"), Supervision::end);
    }

    /** The supervisor has the call now, the agent is out. */
    public PhoneCall takenOver() {
        return then(text("takenOver"), Supervision::takeOver);
    }

    // How it ends

    /** The one who acts hangs up; where nobody talks, the other end. */
    public PhoneCall hangUp() {
        return then(text("hangUp"), Ending::hangUp);
    }

    public PhoneCall otherSideHangsUp() {
        return then(text("otherSideHangsUp"), Ending::otherSideHangsUp);
    }

    /** One of several, by extension or outside number, leaves. */
    public PhoneCall leaves(String who) {
        return then(text("leaves", who), (scene, after) -> Ending.leaves(scene, who, after));
    }

    /** The caller gives up waiting. */
    public PhoneCall abandoned() {
        return then(text("abandoned"), Ending::otherSideHangsUp);
    }

    public PhoneCall busy() {
        return unsuccessful("TargetBusy");
    }

    public PhoneCall rejected() {
        return unsuccessful("Rejected");
    }

    public PhoneCall noAnswer() {
        return unsuccessful("NoAnswer");
    }

    public PhoneCall invalidNumber() {
        return unsuccessful("InvalidNumber");
    }

    /** Whoever dialled gives up; an inbound caller abandons instead. */
    public PhoneCall cancelled() {
        return unsuccessful("Cancelled");
    }

    /** Whoever rings ends with this reason, and with that the call. */
    public PhoneCall unsuccessful(String reason) {
        return then(text("unsuccessful", reason), (scene, after) -> Ending.unsuccessful(scene, reason, after));
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

    // What the call really was

    public Account account() {
        return start.account();
    }

    /** The ids of all accounts that get notifications. */
    public List<String> subscribers() {
        return scene().subscribers().stream().map(Account::id).toList();
    }

    /** In the order in which the sessions began; a supervisor's is among them. */
    public List<String> telephonySessionIds() {
        return scene().sessions().stream().map(TelephonySession::id).toList();
    }

    /**
     * The same ids, by the call that they are part of, the call itself first. A consultation that came to nothing is a
     * call of its own, and so is a supervision without a take-over.
     */
    public List<Set<String>> sessionsByCall() {
        return scene().calls().stream()
                .map(sessions -> sessions.stream().map(TelephonySession::id).collect(Collectors.toSet()))
                .toList();
    }

    /**
     * Each call that this came to, in the view of each account that sees something of it: as the record should be, and with
     * what never reached the account.
     *
     * @param dropped which notifications were lost on their way
     */
    public List<CallTruth> truths(Predicate<Notification> dropped) {
        return Truths.of(scene(), dropped);
    }

    /** The same, where nothing was lost. */
    public List<CallTruth> truths() {
        return truths(notification -> false);
    }

    /** The ids of an extension's parties, in the order in which they began. */
    public List<String> partiesOf(String extension) {
        String id = start.account().extension(extension).id();
        return scene().legs().stream()
                .filter(leg -> leg.extension() != null && leg.extension().id().equals(id))
                .map(Leg::id)
                .toList();
    }

    /** How many events went to nobody, for they are of an account without a subscription; each leaves a gap. */
    public int undelivered() {
        return scene().undelivered();
    }

    public Instant startTime() {
        return start.time();
    }

    /** When somebody, not a machine, first answered; empty if nobody did. */
    public Optional<Instant> answerTime() {
        return Optional.ofNullable(scene().answeredAt());
    }

    /** When the last thing happened. */
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

    static String text(String verb, String... arguments) {
        if (arguments.length == 0) {
            return verb + "()";
        }
        return verb + Arrays.stream(arguments).collect(Collectors.joining("\", \"", "(\"", "\")"));
    }

    private static String text(String verb, String first, String[] others) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(List.of(others));
        return text(verb, all.toArray(String[]::new));
    }

    private PhoneCall then(String text, Step.Action action) {
        return then(text, SHORTEST, LONGEST, action);
    }

    private PhoneCall then(String text, Duration shortest, Duration longest, Step.Action action) {
        List<Step> all = new ArrayList<>(steps);
        all.add(new Step(text, shortest, longest, action));
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
        Scene scene = new Scene(start, start.seed() * SEED_SPREAD + beginning.hashCode());
        for (Step step : steps) {
            try {
                step.play(scene);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(e.getMessage() + ", at " + step.text() + " of " + this, e);
            }
        }
        return scene;
    }
}
