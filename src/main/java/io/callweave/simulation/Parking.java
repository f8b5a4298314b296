package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/** Leaving a call somewhere for a colleague to fetch. */
final class Parking {

    private Parking() {}

    static void parkAt(Scene scene, String number, Duration after) {
        scene.pass(after);
        scene.send(scene.near().parkedAt("*" + number).becomes(Status.PARKED, "CallPark", null));
    }

    /** INFER: the user's own party ends, the other end's is Parked, with the number in another place. */
    static void parkOtherSide(Scene scene, String number, Duration after) {
        Leg far = scene.far();
        if (far.extension() != null) {
            throw new IllegalStateException("The other end is a colleague, whose party is never the parked one");
        }
        scene.pass(after);
        scene.send(scene.near(), Status.DISCONNECTED, "CallPark");
        scene.moment();
        scene.send(far.parkedFromOutside("*" + number).becomes(Status.PARKED, "CallPark", null));
        scene.near(far);
    }

    /** A new session; the parked party, and its stand-in there, are Gone and name each other. */
    static void fetch(Scene scene, String extension, Duration after) {
        Leg parked = parked(scene);
        String number = parked.parkId() == null ? parked.parkData() : parked.parkId();
        if (number == null || number.isEmpty()) {
            throw new IllegalStateException("The call is parked in a location, not at a number");
        }
        scene.pass(after);
        Extension picker = scene.account().extension(extension);
        TelephonySession session = scene.session(TelephonySession.CALL);
        Contact own = picker.contact().onDevice(picker.deviceId());
        Leg leg = scene.outbound(session, picker, own, Contact.of(number));
        scene.send(leg);
        scene.moment();
        scene.send(leg, Status.ANSWERED);
        scene.moment();
        Leg standIn = scene.inbound(session, new Callee(parked.extension(), Contact.of(number)), own)
                .standsIn();
        scene.sendAnswering(parked.parkedFromOutside(null), Status.GONE, "Pickup", standIn);
        scene.bridges(HandOver.Kind.PARK, parked, standIn);
        scene.moment();
        scene.send(standIn, Status.GONE, "Pickup", parked);
        scene.join(parked, standIn);
        scene.near(leg);
    }

    /** A park location has no number and no cross call. */
    static void parkInLocation(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near().parkedAt("").becomes(Status.PARKED, "ParkLocation", null));
    }

    /** INFER: the parked party ends and the one who fetches the call is a further party of its session. */
    static void fetchFromLocation(Scene scene, String extension, Duration after) {
        Leg parked = parked(scene);
        scene.pass(after);
        scene.send(parked, Status.DISCONNECTED, "Pickup");
        Instant time = scene.now();
        scene.moment();
        Callee picker = Callee.of(scene.account().extension(extension));
        Leg leg = scene.inbound(parked.session(), picker, scene.far().own());
        scene.send(leg);
        scene.handedOver(HandOver.Kind.PICKUP, time, parked, leg);
        scene.moment();
        scene.send(leg, Status.ANSWERED);
        scene.near(leg);
    }

    private static Leg parked(Scene scene) {
        if (!scene.near().is(Status.PARKED)) {
            throw new IllegalStateException("The call is not parked");
        }
        return scene.near();
    }
}
