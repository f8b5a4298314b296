package io.callweave.simulation.phonecall;

import io.callweave.simulation.scene.Queues;
import io.callweave.simulation.scene.Ringing;
import java.time.Duration;
import java.time.temporal.TemporalUnit;
import java.util.List;

/** What can happen in a {@link PhoneCall} before somebody or something answers it. */
abstract class ReachingVerbs extends Verbs {

    /** The caller listens to a menu for some seconds. */
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
            Queues.ring(scene, name, all);
        });
    }

    /** The caller waits in a queue without a free agent, and hears music. */
    public PhoneCall waitingIn(String queue, Duration time) {
        return then(
                text("waitingIn", queue, time.toString()),
                AT_ONCE,
                AT_ONCE,
                (scene, after) -> Queues.waitIn(scene, queue, after, time));
    }

    /** The caller enters an extension in the menu, and its phone rings. */
    public PhoneCall dialsInMenu(String extension) {
        return then(text("dialsInMenu", extension), (scene, after) -> Ringing.dialsInMenu(scene, extension, after));
    }

    /** The ringing phone forwards the call, by a rule of its owner, to another phone, which rings. */
    public PhoneCall redirectedTo(String to) {
        return then(text("redirectedTo", to), (scene, after) -> Ringing.redirected(scene, to, after));
    }

    /** None of the agents answers, so the queue rings these. */
    public PhoneCall queueMovesOnTo(String... agents) {
        List<String> all = List.of(agents);
        return then(text("queueMovesOnTo", agents), (scene, after) -> Queues.movesOn(scene, all, after));
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

    /** The only ringing phone is answered. */
    public PhoneCall answered() {
        return then(text("answered"), Ringing::answered);
    }

    /** A colleague answers from another phone, with its busy lamp field. */
    public PhoneCall pickedUpBy(String extension) {
        return then(text("pickedUpBy", extension), (scene, after) -> Ringing.pickedUpBy(scene, extension, after));
    }

    /** Nobody answers the phone, and the caller speaks to the voicemail. */
    public PhoneCall voicemailOf(String extension) {
        return then(text("voicemailOf", extension), (scene, after) -> Ringing.voicemailOf(scene, extension, after));
    }

    /** The phone, which rings or screens the call, stops, and the caller speaks to the voicemail. */
    public PhoneCall toVoicemail() {
        return then(text("toVoicemail"), Ringing::toVoicemail);
    }

    /** The user listens to what the caller says to the voicemail, and can still answer. */
    public PhoneCall voicemailScreenedBy(String extension) {
        return then(
                text("voicemailScreenedBy", extension), (scene, after) -> Ringing.screened(scene, extension, after));
    }

    /** A fax arrives and takes {@link PhoneCall#after(Duration)}. The call ends with it. */
    public PhoneCall faxFor(String extension) {
        return then(text("faxFor", extension), (scene, after) -> Ringing.faxFor(scene, extension, after));
    }

    /**
     * After a wait, the queue forwards the caller to another queue, where these agents' phones ring, or nobody is free.
     */
    public PhoneCall overflowsTo(String queue, String... agents) {
        List<String> all = List.of(agents);
        return then(text("overflowsTo", queue, agents), (scene, after) -> Queues.overflows(scene, queue, all, after));
    }

    /** Nobody in the queue answers in time, and the caller speaks to the queue's voicemail. */
    public PhoneCall toVoicemailOfQueue() {
        return then(text("toVoicemailOfQueue"), Queues::toVoicemail);
    }

    /** The user's two devices ring at once; {@link #answeredBy} means that one of them is answered. */
    public PhoneCall ringingOnTwoDevices(String extension) {
        return then(text("ringingOnTwoDevices", extension), AT_ONCE, AT_ONCE, (scene, after) -> {
            scene.pass(after);
            Ringing.ringOnTwoDevices(scene, extension);
        });
    }

    /** Like {@link #pickedUpBy}, but the ringing phone's end is reported after the colleague's answer. */
    public PhoneCall takenFromRingingBy(String extension) {
        return then(
                text("takenFromRingingBy", extension),
                (scene, after) -> Ringing.takenFromRingingBy(scene, extension, after));
    }
}
