package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/** Handing a call over: blindly inside its session, or after a consultation in a second one. */
final class Transfer {

    static final String ATTENDED = "AttendedTransfer";

    private Transfer() {}

    /** The new party rings in the session of the one who goes; whoever is at the other end stays where it is. */
    static void forward(Scene scene, String to, String reason, Duration after) {
        scene.pass(after);
        Leg leg = scene.near();
        scene.send(leg, Status.DISCONNECTED, reason);
        Leg stays = scene.far();
        Instant time = scene.now();
        scene.moment();
        Leg reached = Ringing.ring(scene, leg.session(), scene.account().callee(to), stays.own());
        scene.handedOver(HandOver.Kind.BLIND, time, leg, reached);
    }

    static void blind(Scene scene, String to, String reason, Duration after) {
        forward(scene, to, reason, after);
        Ringing.answered(scene, scene.someSeconds());
    }

    /** The other end waits, the one to be asked is called and answers. */
    static void consult(Scene scene, String whom, Duration after) {
        Extension caller = scene.nearExtension();
        scene.pass(after);
        if (!scene.near().is(Status.HOLD)) {
            scene.send(scene.near(), Status.HOLD);
            scene.pass(scene.between(Duration.ofMillis(300), Duration.ofMillis(1500)));
        }
        Scene.Consultation consultation =
                Opening.dial(scene, caller, scene.account().callee(whom));
        Ringing.answered(scene, scene.someSeconds());
        scene.consultation(consultation);
    }

    static void endConsultation(Scene scene, Duration after) {
        Scene.Consultation consultation = scene.consultation();
        scene.pass(after);
        scene.send(consultation.callee(), Status.DISCONNECTED);
        scene.moment();
        scene.send(consultation.caller(), Status.DISCONNECTED);
        scene.moment();
        scene.send(scene.near(), Status.ANSWERED);
        scene.consultation(null);
    }

    /**
     * Both parties of the one who goes are Gone and name each other. The Disconnected that trail them are in one public
     * report only; a reader must cope with them.
     */
    static void connect(Scene scene, Duration after) {
        Scene.Consultation consultation = scene.consultation();
        Leg first = scene.near();
        Leg second = consultation.caller();
        scene.pass(after);
        scene.send(first, Status.GONE, ATTENDED, second);
        scene.bridges(HandOver.Kind.ATTENDED, first, second);
        scene.moment();
        scene.sendAnswering(second, Status.GONE, ATTENDED, first);
        scene.moment();
        scene.send(first, Status.DISCONNECTED);
        scene.moment();
        scene.send(second, Status.DISCONNECTED);
        scene.moment();
        scene.send(scene.far(), Status.ANSWERED, ATTENDED);
        scene.join(first, second);
        scene.near(consultation.callee());
        scene.consultation(null);
    }

    static void attended(Scene scene, String to, Duration after) {
        consult(scene, to, after);
        connect(scene, scene.someSeconds());
    }
}
