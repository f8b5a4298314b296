package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.time.Instant;

/** Transfers: blind inside a session, or after a consultation in a second one. */
public final class Transferring {

    static final String ATTENDED = "AttendedTransfer";

    private Transferring() {}

    /** The new party rings in the session of the transferor; the other end stays where it is. */
    public static void forward(Scene scene, String to, String reason, Duration after) {
        scene.pass(after);
        SimulatedLeg leg = scene.near();
        scene.send(leg, WireStatus.DISCONNECTED, reason);
        SimulatedLeg stays = scene.far();
        Instant time = scene.now();
        scene.moment();
        SimulatedLeg reached =
                Ringing.ring(scene, leg.session(), scene.account().callee(to), stays.own());
        scene.handedOver(HandOver.Kind.BLIND, time, leg, reached);
    }

    public static void blind(Scene scene, String to, String reason, Duration after) {
        forward(scene, to, reason, after);
        Ringing.answered(scene, scene.someSeconds());
    }

    /**
     * To an outside party that answers and is never delivered.
     *
     * @param numbered whether its events take sequence numbers, so that gaps show that something is missing
     */
    public static void away(Scene scene, String to, String reason, boolean numbered, Duration after) {
        scene.pass(after);
        SimulatedLeg leg = scene.near();
        scene.send(leg, WireStatus.DISCONNECTED, reason);
        scene.handedOver(HandOver.Kind.BLIND, scene.now(), leg, null);
        scene.moment();
        SimulatedLeg reached = scene.inbound(
                        leg.session(), Callee.outside(to), scene.far().own())
                .unreported(numbered);
        scene.send(reached, WireStatus.PROCEEDING);
        scene.pass(scene.someSeconds());
        scene.send(reached, WireStatus.ANSWERED);
        scene.near(reached);
    }

    /** The other end hangs up at the moment of the transfer: the platform reports a transfer, but nobody is left. */
    public static void tooLate(Scene scene, String reason, Duration after) {
        scene.pass(after);
        scene.send(scene.far(), WireStatus.DISCONNECTED);
        scene.moment();
        SimulatedLeg leg = scene.near();
        scene.send(leg, WireStatus.DISCONNECTED, reason);
        scene.handedOver(HandOver.Kind.BLIND, scene.now(), leg, null);
        scene.moment();
        Ending.end(scene, leg);
    }

    /** The other end waits; the consulted party is called and answers. */
    public static void consult(Scene scene, String whom, Duration after) {
        Extension caller = scene.nearExtension();
        scene.pass(after);
        if (!scene.near().is(WireStatus.HOLD)) {
            scene.send(scene.near(), WireStatus.HOLD);
            scene.pass(scene.between(Duration.ofMillis(300), Duration.ofMillis(1500)));
        }
        Scene.Consultation consultation =
                Opening.dial(scene, caller, scene.account().callee(whom));
        Ringing.answered(scene, scene.someSeconds());
        scene.consultation(consultation);
    }

    public static void endConsultation(Scene scene, Duration after) {
        Scene.Consultation consultation = scene.consultation();
        scene.pass(after);
        scene.send(consultation.callee(), WireStatus.DISCONNECTED);
        scene.moment();
        scene.send(consultation.caller(), WireStatus.DISCONNECTED);
        scene.moment();
        scene.send(scene.near(), WireStatus.ANSWERED);
        scene.consultation(null);
    }

    /**
     * Both parties of the transferor are Gone and name each other. Only one public report has the Disconnected that
     * trail them; a reader must handle them.
     */
    public static void connect(Scene scene, Duration after) {
        Scene.Consultation consultation = scene.consultation();
        SimulatedLeg first = scene.near();
        SimulatedLeg second = consultation.caller();
        scene.pass(after);
        scene.send(first, WireStatus.GONE, ATTENDED, second);
        scene.bridges(HandOver.Kind.ATTENDED, first, second);
        scene.moment();
        scene.sendAnswering(second, WireStatus.GONE, ATTENDED, first);
        scene.moment();
        scene.send(first, WireStatus.DISCONNECTED);
        scene.moment();
        scene.send(second, WireStatus.DISCONNECTED);
        scene.moment();
        scene.send(scene.far(), WireStatus.ANSWERED, ATTENDED);
        scene.join(first, second);
        scene.near(consultation.callee());
        scene.consultation(null);
    }

    public static void attended(Scene scene, String to, Duration after) {
        consult(scene, to, after);
        connect(scene, scene.someSeconds());
    }
}
