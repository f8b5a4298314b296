package io.callweave.simulation;

import java.time.Duration;

/** Somebody listens in from a session of their own, and may take the call over. */
final class Supervision {

    private static final String SUPERVISING = "Supervising";

    private Supervision() {}

    /** Only the supervisor's party names a peer: the one that is supervised is not Gone. */
    static void begin(Scene scene, String extension, Duration after) {
        Extension supervised = scene.nearExtension();
        scene.pass(after);
        Extension supervisor = scene.account().extension(extension);
        Leg leg = scene.outbound(
                        scene.session(TelephonySession.CALL),
                        supervisor,
                        supervisor.contact().onDevice(supervisor.deviceId()),
                        supervised.contact())
                .supervises();
        scene.send(leg);
        scene.moment();
        scene.send(leg, Status.ANSWERED, SUPERVISING);
        scene.moment();
        scene.send(leg, Status.GONE, SUPERVISING, scene.near());
        scene.supervisor(leg);
    }

    static void end(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.supervisor(), Status.DISCONNECTED);
    }

    /** INFER: the supervisor's party comes back from Gone, and the agent's ends. */
    static void takeOver(Scene scene, Duration after) {
        Leg agent = scene.near();
        Leg supervisor = scene.supervisor();
        scene.pass(after);
        scene.send(agent, Status.DISCONNECTED, "TakeOver");
        scene.moment();
        scene.send(supervisor.takesOver(), Status.ANSWERED, "TakeOver", agent);
        scene.join(agent, supervisor);
        scene.near(supervisor);
    }
}
