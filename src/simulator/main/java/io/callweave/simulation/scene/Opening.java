package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;

/** How calls begin. */
public final class Opening {

    private Opening() {}

    public static void inbound(Scene scene, Contact caller, String dialled) {
        SimulatedLeg leg = scene.add(new SimulatedLeg(
                scene.session(TelephonySession.CALL),
                SimulatedLeg.Direction.OUTBOUND,
                scene.account(),
                null,
                caller,
                Contact.of(dialled)));
        scene.far(leg);
        scene.send(leg);
    }

    public static void inboundFrom(Scene scene, Extension foreigner, String dialled) {
        SimulatedLeg leg = scene.outbound(
                scene.session(TelephonySession.CALL),
                foreigner,
                foreigner.contact(foreigner.directNumber()),
                Contact.of(dialled));
        scene.far(leg);
        scene.send(leg);
    }

    public static void dialled(Scene scene, String extension, String number) {
        Scene.Consultation call = dial(
                scene, scene.account().extension(extension), scene.account().callee(number));
        scene.near(call.caller());
        scene.far(call.callee());
    }

    /** A user dials, and the other end rings. The user's name follows a moment later, as in the samples. */
    static Scene.Consultation dial(Scene scene, Extension caller, Callee callee) {
        TelephonySession session = scene.session(TelephonySession.CALL);
        boolean internal = callee.extension() != null;
        String shown = internal ? caller.directNumber() : scene.account().mainNumber();
        SimulatedLeg leg = scene.outbound(
                session,
                caller,
                caller.contact(shown).named(null).onDevice(caller.deviceId()),
                Contact.of(String.valueOf(callee.contact().phoneNumber())));
        scene.send(leg);
        scene.moment();
        Contact seenByCallee = internal ? caller.contact().onDevice(caller.deviceId()) : caller.contact(shown);
        return new Scene.Consultation(leg, Ringing.ring(scene, session, callee, seenByCallee));
    }

    /** INFER: the legacy ids of such sessions are 1000 to 4000 apart, and other readers pair them by that. */
    public static void ringOutInTwoSessions(Scene scene, String extension, String target) {
        TelephonySession session = scene.session(TelephonySession.RING_OUT);
        Callee initiator = Callee.of(scene.account().extension(extension));
        Callee other = scene.account().callee(target);
        SimulatedLeg first = scene.inbound(session, initiator, other.contact()).asRingOut("Initiator");
        scene.send(first, WireStatus.PROCEEDING);
        scene.pass(scene.between(Duration.ofSeconds(2), Duration.ofSeconds(6)));
        scene.send(first, WireStatus.ANSWERED);
        scene.moment();
        long legacyId = Long.parseLong(session.legacyId())
                + scene.between(Duration.ofSeconds(1), Duration.ofSeconds(4)).toMillis();
        TelephonySession second = scene.session(TelephonySession.RING_OUT, Long.toString(legacyId));
        SimulatedLeg leg = scene.inbound(second, other, initiator.contact()).asRingOut("Target");
        scene.send(leg, WireStatus.PROCEEDING);
        scene.near(first);
        scene.far(leg);
        scene.ring(leg);
    }

    /** Both parties are Inbound, with mirrored addresses. */
    public static void ringOut(Scene scene, String extension, String target, boolean roles) {
        TelephonySession session = scene.session(TelephonySession.RING_OUT);
        Callee initiator = Callee.of(scene.account().extension(extension));
        Callee other = scene.account().callee(target);
        SimulatedLeg first = scene.inbound(session, initiator, other.contact()).asRingOut(roles ? "Initiator" : null);
        scene.send(first, WireStatus.PROCEEDING);
        scene.pass(scene.between(Duration.ofSeconds(2), Duration.ofSeconds(6)));
        scene.send(first, WireStatus.ANSWERED);
        scene.moment();
        SimulatedLeg second = scene.inbound(session, other, initiator.contact()).asRingOut(roles ? "Target" : null);
        scene.send(second, WireStatus.PROCEEDING);
        scene.near(first);
        scene.far(second);
        scene.ring(second);
    }
}
