package io.callweave.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One who talks to many: a session of its own that takes over the host's place in each of the host's calls. */
final class Conferencing {

    private static final Contact CONFERENCE = Contact.of("conference").named("Conference");

    private Conferencing() {}

    static void with(Scene scene, List<String> others, Duration after) {
        Extension host = scene.nearExtension();
        List<Leg> hostLegs = new ArrayList<>();
        hostLegs.add(scene.near());
        Duration wait = after;
        for (String other : others) {
            Transfer.consult(scene, other, wait);
            Leg caller = scene.consultation().caller();
            hostLegs.add(caller);
            wait = scene.someSeconds();
            // The next consultation puts this one on hold.
            scene.near(caller);
        }
        scene.consultation(null);
        scene.pass(wait);
        merge(scene, host, hostLegs);
    }

    /** The host's party in every call, and its stand-in in the conference, are Gone and name each other. */
    private static void merge(Scene scene, Extension host, List<Leg> hostLegs) {
        TelephonySession session = scene.session(TelephonySession.CONFERENCE);
        Contact own = host.contact(scene.account().mainNumber());
        Leg hostLeg = scene.outbound(session, host, own.onDevice(host.deviceId()), CONFERENCE)
                .asHost();
        scene.send(hostLeg);
        scene.moment();
        scene.send(hostLeg, Status.ANSWERED);
        for (Leg leg : hostLegs) {
            takeIn(scene, leg, hostLeg);
        }
        scene.near(hostLeg);
    }

    /** The host's party in the call, and its stand-in in the conference, are Gone and name each other. */
    private static void takeIn(Scene scene, Leg leg, Leg hostLeg) {
        Leg standIn = scene.add(
                        new Leg(hostLeg.session(), Leg.Direction.INBOUND, null, null, CONFERENCE, hostLeg.own()))
                .asConferenceStandIn();
        scene.moment();
        scene.send(leg, Status.GONE, "Conference", standIn);
        scene.bridges(HandOver.Kind.CONFERENCE, leg, standIn);
        scene.moment();
        scene.sendAnswering(standIn, Status.GONE, null, leg);
        scene.join(leg, standIn);
    }

    /** One more: the host calls them, and brings that call in too. */
    static void add(Scene scene, String other, Duration after) {
        Leg hostLeg = scene.near();
        Extension host = scene.nearExtension();
        if (hostLeg.standing() != Leg.Standing.HOSTS) {
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
