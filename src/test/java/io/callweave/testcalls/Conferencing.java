package io.callweave.testcalls;

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
                .asConference("Host");
        scene.send(hostLeg);
        scene.moment();
        scene.send(hostLeg, Status.ANSWERED);
        for (Leg leg : hostLegs) {
            Leg standIn = scene.add(new Leg(session, Leg.Direction.INBOUND, null, null, CONFERENCE, own))
                    .asConference("Participant");
            scene.moment();
            scene.send(leg, Status.GONE, "Conference", standIn);
            scene.moment();
            scene.send(standIn, Status.GONE, null, leg);
            scene.join(leg, standIn);
        }
        scene.near(hostLeg);
    }
}
