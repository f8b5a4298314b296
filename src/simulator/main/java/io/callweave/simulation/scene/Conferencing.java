package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One party talks to several: a session of its own replaces the host in each of the host's calls. */
public final class Conferencing {

    private static final Contact CONFERENCE = Contact.of("conference").named("Conference");

    private Conferencing() {}

    public static void with(Scene scene, List<String> others, Duration after) {
        Extension host = scene.nearExtension();
        List<SimulatedLeg> hostLegs = new ArrayList<>();
        hostLegs.add(scene.near());
        Duration wait = after;
        for (String other : others) {
            Transferring.consult(scene, other, wait);
            SimulatedLeg caller = scene.consultation().caller();
            hostLegs.add(caller);
            wait = scene.someSeconds();
            // The next consultation puts this party on hold.
            scene.near(caller);
        }
        scene.consultation(null);
        scene.pass(wait);
        merge(scene, host, hostLegs);
    }

    /** The host's party in every call, and its stand-in in the conference, are Gone and name each other. */
    private static void merge(Scene scene, Extension host, List<SimulatedLeg> hostLegs) {
        TelephonySession session = scene.session(TelephonySession.CONFERENCE);
        Contact own = host.contact(scene.account().mainNumber());
        SimulatedLeg hostLeg = scene.outbound(session, host, own.onDevice(host.deviceId()), CONFERENCE)
                .asHost();
        scene.send(hostLeg);
        scene.moment();
        scene.send(hostLeg, WireStatus.ANSWERED);
        for (SimulatedLeg leg : hostLegs) {
            takeIn(scene, leg, hostLeg);
        }
        scene.near(hostLeg);
    }

    /** The host's party in the call, and its stand-in in the conference, are Gone and name each other. */
    private static void takeIn(Scene scene, SimulatedLeg leg, SimulatedLeg hostLeg) {
        SimulatedLeg standIn = scene.add(new SimulatedLeg(
                        hostLeg.session(), SimulatedLeg.Direction.INBOUND, null, null, CONFERENCE, hostLeg.own()))
                .asConferenceStandIn();
        scene.moment();
        scene.send(leg, WireStatus.GONE, "Conference", standIn);
        scene.bridges(HandOver.Kind.CONFERENCE, leg, standIn);
        scene.moment();
        scene.sendAnswering(standIn, WireStatus.GONE, null, leg);
        scene.join(leg, standIn);
    }

    /** One more participant: the host calls them, and adds that call too. */
    public static void add(Scene scene, String other, Duration after) {
        SimulatedLeg hostLeg = scene.near();
        Extension host = scene.nearExtension();
        if (hostLeg.standing() != SimulatedLeg.Standing.HOSTS) {
            throw new IllegalStateException("The one who acts hosts no conference");
        }
        scene.pass(after);
        Scene.Consultation call = Opening.dial(scene, host, scene.account().callee(other));
        Ringing.answered(scene, scene.someSeconds());
        scene.pass(scene.someSeconds());
        takeIn(scene, call.caller(), hostLeg);
        scene.near(hostLeg);
    }
}
