package io.callweave.simulation.phonecall;

import io.callweave.simulation.scene.Conferencing;
import io.callweave.simulation.scene.Devices;
import io.callweave.simulation.scene.Ending;
import io.callweave.simulation.scene.Parking;
import io.callweave.simulation.scene.Queues;
import io.callweave.simulation.scene.Supervision;
import io.callweave.simulation.scene.Talking;
import io.callweave.simulation.scene.Transferring;
import java.time.Duration;
import java.time.temporal.TemporalUnit;
import java.util.List;

/** What can happen in a {@link PhoneCall} after somebody answered it, up to its end. */
abstract class TalkingVerbs extends ReachingVerbs {

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

    /** A recording starts, or continues after a pause. */
    public PhoneCall recorded() {
        return then(text("recorded"), (scene, after) -> Talking.record(scene, true, after));
    }

    public PhoneCall recordingPaused() {
        return then(text("recordingPaused"), (scene, after) -> Talking.record(scene, false, after));
    }

    /** The name of the other end becomes known. */
    public PhoneCall nameLearned(String name) {
        return then(text("nameLearned", name), (scene, after) -> Talking.learnName(scene, name, after));
    }

    /** From now on, this extension acts. */
    public PhoneCall by(String extension) {
        return then(text("by", extension), AT_ONCE, AT_ONCE, (scene, after) -> Talking.by(scene, extension));
    }

    // Transfers

    /** A blind transfer to an extension or an outside number, which answers within some seconds. */
    public PhoneCall transferredTo(String to) {
        return transferredTo(to, "BlindTransfer");
    }

    /** A blind transfer with this reason: BlindTransfer, RccTransfer or DtmfTransfer. */
    public PhoneCall transferredTo(String to, String reason) {
        return then(text("transferredTo", to, reason), (scene, after) -> Transferring.blind(scene, to, reason, after));
    }

    /** A blind transfer with a target that rings; the next step says what happens there. */
    public PhoneCall forwardedTo(String to) {
        return then(text("forwardedTo", to), (scene, after) -> Transferring.forward(scene, to, "BlindTransfer", after));
    }

    /** A blind transfer to a queue, where these agents' phones ring; the next step says what happens there. */
    public PhoneCall transferredToQueue(String queue, String... agents) {
        List<String> all = List.of(agents);
        return then(
                text("transferredToQueue", queue, agents),
                (scene, after) -> Queues.transferredTo(scene, queue, all, after));
    }

    /** A blind transfer to an outside number that answers; its party is never delivered. */
    public PhoneCall transferredAwayTo(String number) {
        return transferredAwayTo(number, "BlindTransfer", false);
    }

    /**
     * The same, with this reason.
     *
     * @param numbered whether the undelivered events take sequence numbers, and so leave gaps
     */
    public PhoneCall transferredAwayTo(String number, String reason, boolean numbered) {
        return then(
                text("transferredAwayTo", number, reason, Boolean.toString(numbered)),
                (scene, after) -> Transferring.away(scene, number, reason, numbered, after));
    }

    /** The other end hangs up at the moment of a blind transfer. The call ends with it. */
    public PhoneCall transferredTooLate() {
        return then(text("transferredTooLate"), (scene, after) -> Transferring.tooLate(scene, "BlindTransfer", after));
    }

    /** An attended transfer: hold, consultation in a second session, and the connection of the two. */
    public PhoneCall attendedTransferTo(String to) {
        return then(text("attendedTransferTo", to), (scene, after) -> Transferring.attended(scene, to, after));
    }

    /** The first half of an attended transfer: the other end waits during the consultation. */
    public PhoneCall consulting(String whom) {
        return then(text("consulting", whom), (scene, after) -> Transferring.consult(scene, whom, after));
    }

    /** The second half: the transferor leaves, and the other two talk. */
    public PhoneCall connected() {
        return then(text("connected"), Transferring::connect);
    }

    /** The consulted party hangs up, and the first call continues. */
    public PhoneCall backFromConsulting() {
        return then(text("backFromConsulting"), Transferring::endConsultation);
    }

    /** The acting party calls these too, one after the other, and connects everybody in a conference. */
    public PhoneCall conferenceWith(String... others) {
        List<String> all = List.of(others);
        return then(text("conferenceWith", others), (scene, after) -> Conferencing.with(scene, all, after));
    }

    /** The host of a conference calls one more party and adds it. */
    public PhoneCall joinedBy(String other) {
        return then(text("joinedBy", other), (scene, after) -> Conferencing.add(scene, other, after));
    }

    /** Parked, but the platform reports the party of the other end as the parked one. */
    public PhoneCall otherSideParkedAt(String number) {
        return then(text("otherSideParkedAt", number), (scene, after) -> Parking.parkOtherSide(scene, number, after));
    }

    /** Parked at an extension's number, such as {@code *801}. */
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

    /** The user continues on another phone. */
    public PhoneCall flipped() {
        return then(text("flipped"), Devices::flip);
    }

    /** The same, but the new phone answers before the old one ends. */
    public PhoneCall flippedWithoutGap() {
        return then(text("flippedWithoutGap"), Devices::flipWithoutGap);
    }

    /** The user continues on another device of the same application. */
    public PhoneCall switchedDevice() {
        return then(text("switchedDevice"), Devices::change);
    }

    // Supervision

    /** Listening, whispering and barging in: the platform reports all three alike. */
    public PhoneCall supervisedBy(String extension) {
        return then(text("supervisedBy", extension), (scene, after) -> Supervision.begin(scene, extension, after));
    }

    public PhoneCall supervisionEnds() {
        return then(text("supervisionEnds"), Supervision::end);
    }

    /** The supervisor takes the call over, and the agent leaves. */
    public PhoneCall takenOver() {
        return then(text("takenOver"), Supervision::takeOver);
    }

    // The end

    /** The acting party hangs up; if nobody talks, the other end does. */
    public PhoneCall hangUp() {
        return then(text("hangUp"), Ending::hangUp);
    }

    public PhoneCall otherSideHangsUp() {
        return then(text("otherSideHangsUp"), Ending::otherSideHangsUp);
    }

    /** One of several parties, named by extension or outside number, leaves. */
    public PhoneCall leaves(String who) {
        return then(text("leaves", who), (scene, after) -> Ending.leaves(scene, who, after));
    }

    /** The caller stops waiting. */
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

    /** The caller of an outgoing call hangs up before the answer. For an inbound call, use abandon. */
    public PhoneCall cancelled() {
        return unsuccessful("Cancelled");
    }

    /** The ringing party ends with this reason, and the call ends with it. */
    public PhoneCall unsuccessful(String reason) {
        return then(text("unsuccessful", reason), (scene, after) -> Ending.unsuccessful(scene, reason, after));
    }
}
