package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From the beginning of a call to the moment when somebody or something takes it. */
public final class Ringing {

    private static final Duration CARRIER_SHORTEST = Duration.ofMillis(600);
    private static final Duration CARRIER_LONGEST = Duration.ofMillis(3500);

    private Ringing() {}

    /** Rings a callee in a session; an outside one has no Setup. */
    public static SimulatedLeg ring(Scene scene, TelephonySession session, Callee callee, Contact caller) {
        SimulatedLeg leg = scene.inbound(session, callee, caller);
        if (callee.extension() == null) {
            scene.send(leg, WireStatus.PROCEEDING);
            carrierReports(scene, session);
        } else {
            scene.send(leg);
            scene.moment();
            destinationReached(scene, session, callee);
            scene.send(leg, WireStatus.PROCEEDING);
        }
        scene.ring(leg);
        return leg;
    }

    public static void ivr(Scene scene, String name, Duration after, Duration listening) {
        scene.pass(after);
        TelephonySession session = scene.line();
        Queues.leaveMenu(scene);
        Callee menu = dialled(scene, Callee.of(scene.account().service(name)));
        SimulatedLeg leg = scene.inbound(session, menu, scene.far().own());
        scene.send(leg);
        scene.moment();
        destinationReached(scene, session, menu);
        scene.menu(leg);
        scene.pass(listening);
    }

    public static void dialsInMenu(Scene scene, String extension, Duration after) {
        SimulatedLeg menu = scene.menu();
        if (menu == null) {
            throw new IllegalStateException("The caller listens to no menu");
        }
        scene.pass(after);
        Callee callee = Callee.of(scene.account().extension(extension));
        TelephonySession session = menu.session();
        scene.send(menu, WireStatus.DISCONNECTED, "CallerInputRedirect");
        scene.menu(null);
        ring(scene, session, dialled(scene, callee), scene.far().own());
    }

    public static void redirected(Scene scene, String to, Duration after) {
        SimulatedLeg rang = theRinging(scene);
        scene.pass(after);
        scene.send(rang, WireStatus.DISCONNECTED, "CallRedirected");
        scene.moment();
        ring(scene, rang.session(), scene.account().callee(to), rang.from());
    }

    public static void ring(Scene scene, String callee) {
        TelephonySession session = scene.line();
        Queues.leaveMenu(scene);
        Callee reached = scene.account().callee(callee);
        ring(
                scene,
                session,
                scene.hasNear() ? reached : dialled(scene, reached),
                scene.far().own());
    }

    public static void answeredBy(Scene scene, String extension, Duration after) {
        if (scene.ringing().isEmpty()) {
            ring(scene, extension);
        }
        String id = scene.account().extension(extension).id();
        List<SimulatedLeg> devices = scene.ringing().stream()
                .filter(one -> one.extension() != null && one.extension().id().equals(id))
                .toList();
        if (devices.isEmpty()) {
            throw new IllegalStateException("Others ring, but not " + extension);
        }
        scene.pass(after);
        answer(scene, devices.size() == 1 ? devices.get(0) : scene.oneOf(devices));
    }

    public static void answered(Scene scene, Duration after) {
        SimulatedLeg leg = theRinging(scene);
        scene.pass(after);
        answer(scene, leg);
    }

    /** Of several phones that ring for a queue, the colleague picks up the call of the first one. */
    public static void pickedUpBy(Scene scene, String extension, Duration after) {
        boolean queue = !scene.ringing().isEmpty() && scene.ringing().get(0).queue() != null;
        SimulatedLeg rang = queue ? scene.ringing().get(0) : theRinging(scene);
        scene.pass(after);
        scene.send(rang, WireStatus.DISCONNECTED, "Pickup");
        Instant time = scene.now();
        scene.moment();
        SimulatedLeg leg = picker(scene, rang, extension);
        scene.handedOver(HandOver.Kind.PICKUP, time, rang, leg);
        scene.moment();
        answer(scene, leg);
    }

    /** The same, but the ringing phone's end is reported after the colleague's answer (INFER). */
    public static void takenFromRingingBy(Scene scene, String extension, Duration after) {
        SimulatedLeg rang = theRinging(scene);
        scene.pass(after);
        SimulatedLeg leg = picker(scene, rang, extension);
        scene.moment();
        scene.ringing(List.of());
        answer(scene, leg);
        scene.moment();
        scene.send(rang, WireStatus.DISCONNECTED, "Pickup");
        scene.handedOver(HandOver.Kind.PICKUP, scene.now(), rang, null);
    }

    private static SimulatedLeg picker(Scene scene, SimulatedLeg rang, String extension) {
        Callee picker = Callee.of(scene.account().extension(extension));
        SimulatedLeg leg = scene.inbound(rang.session(), picker, rang.from());
        scene.send(leg);
        return leg;
    }

    /** One user, two devices: a party for each (INFER). */
    public static void ringOnTwoDevices(Scene scene, String callee) {
        TelephonySession session = scene.line();
        Queues.leaveMenu(scene);
        Extension user = scene.account().extension(callee);
        Callee reached = scene.hasNear() ? Callee.of(user) : dialled(scene, Callee.of(user));
        List<SimulatedLeg> devices = new ArrayList<>();
        for (String device : List.of(user.deviceId(), user.secondDeviceId())) {
            Contact to = reached.contact().onDevice(device);
            devices.add(scene.inbound(session, new Callee(user, to), scene.far().own()));
        }
        devices.forEach(scene::send);
        scene.moment();
        destinationReached(scene, session, reached);
        for (SimulatedLeg device : devices) {
            scene.send(device, WireStatus.PROCEEDING);
            scene.moment();
        }
        scene.ringing(devices);
    }

    public static void screened(Scene scene, String extension, Duration after) {
        ring(scene, extension);
        scene.pass(after);
        scene.send(theRinging(scene), WireStatus.VOICEMAIL_SCREENING);
    }

    public static void toVoicemail(Scene scene, Duration after) {
        SimulatedLeg leg = theRinging(scene);
        scene.pass(after);
        scene.send(leg, WireStatus.VOICEMAIL);
        scene.near(leg);
        scene.ringing(List.of());
    }

    public static void voicemailOf(Scene scene, String extension, Duration after) {
        ring(scene, extension);
        toVoicemail(scene, after);
    }

    /** The fax line takes the call automatically; nothing rings. */
    public static void faxFor(Scene scene, String extension, Duration transmission) {
        Callee callee = dialled(scene, Callee.of(scene.account().extension(extension)));
        SimulatedLeg leg = scene.inbound(scene.line(), callee, scene.far().own());
        scene.moment();
        scene.send(leg);
        scene.pass(scene.between(Duration.ofMillis(200), Duration.ofMillis(600)));
        scene.send(leg, WireStatus.FAX_RECEIVE);
        scene.pass(transmission);
        Ending.end(scene, leg);
    }

    /** The other agents of a queue end when one has the call; a caller who still waits learns that it is answered. */
    static void answer(Scene scene, SimulatedLeg winner) {
        scene.send(winner.knowsDevice(), WireStatus.ANSWERED);
        scene.answered();
        for (SimulatedLeg loser : scene.ringing()) {
            if (loser != winner && loser.isOpen()) {
                scene.pass(Duration.ofMillis(3));
                scene.send(loser, WireStatus.DISCONNECTED, "AgentAnswered");
            }
        }
        scene.ringing(List.of());
        Queues.answered(scene);
        for (SimulatedLeg caller : callersOn(scene, winner.session())) {
            if (caller.is(WireStatus.SETUP) || caller.is(WireStatus.PROCEEDING)) {
                scene.moment();
                scene.send(caller, WireStatus.ANSWERED);
            }
        }
        if (!scene.hasNear() || !scene.near().isOpen()) {
            scene.near(winner);
        }
    }

    static SimulatedLeg theRinging(Scene scene) {
        if (scene.ringing().size() != 1) {
            throw new IllegalStateException(scene.ringing().size() + " phones ring where one should");
        }
        return scene.ringing().get(0);
    }

    /** To the caller, Answered means that a RingCentral destination is reached. From then on, its owner is known. */
    static void destinationReached(Scene scene, TelephonySession session, Callee callee) {
        for (SimulatedLeg caller : callersOn(scene, session)) {
            if (caller.is(WireStatus.SETUP)) {
                String dialled = caller.to().phoneNumber();
                Extension own = caller.extension();
                caller.introduces(
                        own == null ? caller.from() : caller.from().named(own.name()),
                        dialled == null ? callee.contact() : callee.contact().at(dialled));
                scene.send(caller, WireStatus.ANSWERED);
                scene.moment();
            }
        }
    }

    /** A call to the public network: it rings for the caller when the carrier says so. */
    private static void carrierReports(Scene scene, TelephonySession session) {
        for (SimulatedLeg caller : callersOn(scene, session)) {
            if (caller.is(WireStatus.SETUP)) {
                scene.pass(scene.between(CARRIER_SHORTEST, CARRIER_LONGEST));
                scene.send(caller, WireStatus.PROCEEDING);
            }
        }
    }

    private static List<SimulatedLeg> callersOn(Scene scene, TelephonySession session) {
        return scene.legs().stream()
                .filter(leg ->
                        leg.session() == session && leg.direction() == SimulatedLeg.Direction.OUTBOUND && leg.isOpen())
                .toList();
    }

    /** A callee who is called directly, or through a menu, is shown with the number that the caller dialled. */
    static Callee dialled(Scene scene, Callee callee) {
        String number = scene.far().direction() == SimulatedLeg.Direction.OUTBOUND
                ? scene.far().to().phoneNumber()
                : null;
        return number == null ? callee : callee.dialledAs(number);
    }
}
