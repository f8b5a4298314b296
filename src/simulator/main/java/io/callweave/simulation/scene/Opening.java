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

    /** The name that callees are shown for any user of an account. */
    private static final String COMPANY = "Company";

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
        SimulatedLeg first = callsInitiator(scene, session, extension, target).asRingOut("Initiator");
        answersFirst(scene, first);
        long legacyId = Long.parseLong(session.legacyId())
                + scene.between(Duration.ofSeconds(1), Duration.ofSeconds(4)).toMillis();
        TelephonySession second = scene.session(TelephonySession.RING_OUT, Long.toString(legacyId));
        SimulatedLeg leg = callsTarget(scene, second, extension, target).asRingOut("Target");
        scene.send(leg, WireStatus.PROCEEDING);
        scene.near(first);
        scene.far(leg);
        scene.ring(leg);
    }

    /**
     * Both parties are Inbound, with mirrored addresses: to the user who requested the call the platform shows the other end
     * as the caller. Of the user only the number and a company's name are sent, as in a reply of RingCentral's API.
     */
    public static void ringOut(Scene scene, String extension, String target, boolean roles) {
        TelephonySession session = scene.session(TelephonySession.RING_OUT);
        SimulatedLeg first = callsInitiator(scene, session, extension, target).asRingOut(roles ? "Initiator" : null);
        answersFirst(scene, first);
        SimulatedLeg second = callsTarget(scene, session, extension, target).asRingOut(roles ? "Target" : null);
        scene.send(second, WireStatus.PROCEEDING);
        scene.near(first);
        scene.far(second);
        scene.ring(second);
    }

    private static SimulatedLeg callsInitiator(Scene scene, TelephonySession session, String extension, String target) {
        Extension user = scene.account().extension(extension);
        Contact other = scene.account().callee(target).contact();
        return scene.inbound(session, new Callee(user, Contact.of(user.directNumber())), other);
    }

    private static void answersFirst(Scene scene, SimulatedLeg initiator) {
        scene.send(initiator, WireStatus.PROCEEDING);
        scene.pass(scene.between(Duration.ofSeconds(2), Duration.ofSeconds(6)));
        scene.send(initiator, WireStatus.ANSWERED);
        scene.moment();
    }

    private static SimulatedLeg callsTarget(Scene scene, TelephonySession session, String extension, String target) {
        Contact user = Contact.of(scene.account().extension(extension).directNumber());
        return scene.inbound(session, scene.account().callee(target), user.named(COMPANY));
    }
}
