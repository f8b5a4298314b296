package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.time.Instant;

/** Parks a call for a colleague to pick up. */
public final class Parking {

    private Parking() {}

    public static void parkAt(Scene scene, String number, Duration after) {
        scene.pass(after);
        scene.send(scene.near().parkedAt("*" + number).becomes(WireStatus.PARKED, "CallPark", null));
    }

    /** INFER: the user's own party ends, and the other end's is Parked, with the number in another field. */
    public static void parkOtherSide(Scene scene, String number, Duration after) {
        SimulatedLeg far = scene.far();
        if (far.extension() != null) {
            throw new IllegalStateException(
                    "The other end is a colleague, and a party of a colleague is never the parked one");
        }
        scene.pass(after);
        scene.send(scene.near(), WireStatus.DISCONNECTED, "CallPark");
        scene.moment();
        scene.send(far.parkedFromOutside("*" + number).becomes(WireStatus.PARKED, "CallPark", null));
        scene.near(far);
    }

    /** A new session; the parked party, and its stand-in there, are Gone and name each other. */
    public static void fetch(Scene scene, String extension, Duration after) {
        SimulatedLeg parked = parked(scene);
        String number = parked.parkId() == null ? parked.parkData() : parked.parkId();
        if (number == null || number.isEmpty()) {
            throw new IllegalStateException("The call is parked in a location, not at a number");
        }
        scene.pass(after);
        Extension picker = scene.account().extension(extension);
        TelephonySession session = scene.session(TelephonySession.CALL);
        Contact own = picker.contact().onDevice(picker.deviceId());
        SimulatedLeg leg = scene.outbound(session, picker, own, Contact.of(number));
        scene.send(leg);
        scene.moment();
        scene.send(leg, WireStatus.ANSWERED);
        scene.moment();
        SimulatedLeg standIn = scene.inbound(session, new Callee(parked.extension(), Contact.of(number)), own)
                .standsIn();
        scene.sendAnswering(parked.parkedFromOutside(null), WireStatus.GONE, "Pickup", standIn);
        scene.bridges(HandOver.Kind.PARK, parked, standIn);
        scene.moment();
        scene.send(standIn, WireStatus.GONE, "Pickup", parked);
        scene.join(parked, standIn);
        scene.near(leg);
    }

    /** A park location has no number and no cross call. */
    public static void parkInLocation(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near().parkedAt("").becomes(WireStatus.PARKED, "ParkLocation", null));
    }

    /** INFER: the parked party ends, and the colleague is a further party of its session. */
    public static void fetchFromLocation(Scene scene, String extension, Duration after) {
        SimulatedLeg parked = parked(scene);
        scene.pass(after);
        scene.send(parked, WireStatus.DISCONNECTED, "Pickup");
        Instant time = scene.now();
        scene.moment();
        Callee picker = Callee.of(scene.account().extension(extension));
        SimulatedLeg leg = scene.inbound(parked.session(), picker, scene.far().own());
        scene.send(leg);
        scene.handedOver(HandOver.Kind.PICKUP, time, parked, leg);
        scene.moment();
        scene.send(leg, WireStatus.ANSWERED);
        scene.near(leg);
    }

    private static SimulatedLeg parked(Scene scene) {
        if (!scene.near().is(WireStatus.PARKED)) {
            throw new IllegalStateException("The call is not parked");
        }
        return scene.near();
    }
}
