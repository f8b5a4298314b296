package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;

/** Somebody listens in from a session of their own, and can take the call over. */
public final class Supervision {

    private static final String SUPERVISING = "Supervising";

    private Supervision() {}

    /** Only the supervisor's party names a peer: the supervised party is not Gone. */
    public static void begin(Scene scene, String extension, Duration after) {
        Extension supervised = scene.nearExtension();
        scene.pass(after);
        Extension supervisor = scene.account().extension(extension);
        SimulatedLeg leg = scene.outbound(
                        scene.session(TelephonySession.CALL),
                        supervisor,
                        supervisor.contact().onDevice(supervisor.deviceId()),
                        supervised.contact())
                .supervises();
        scene.send(leg);
        scene.moment();
        scene.send(leg, WireStatus.ANSWERED, SUPERVISING);
        scene.moment();
        scene.send(leg, WireStatus.GONE, SUPERVISING, scene.near());
        scene.supervisor(leg);
    }

    public static void end(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.supervisor(), WireStatus.DISCONNECTED);
    }

    /** INFER: the supervisor's party returns from Gone, and the agent's ends. */
    public static void takeOver(Scene scene, Duration after) {
        SimulatedLeg agent = scene.near();
        SimulatedLeg supervisor = scene.supervisor();
        scene.pass(after);
        scene.send(agent, WireStatus.DISCONNECTED, "TakeOver");
        scene.moment();
        scene.send(supervisor.takesOver(), WireStatus.ANSWERED, "TakeOver", agent);
        scene.join(agent, supervisor);
        scene.near(supervisor);
    }
}
