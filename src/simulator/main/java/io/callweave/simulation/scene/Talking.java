package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;

/** What happens while two people talk, without anybody joining or leaving. */
public final class Talking {

    private Talking() {}

    public static void hold(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near(), WireStatus.HOLD);
    }

    public static void unhold(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near(), WireStatus.ANSWERED);
    }

    public static void mute(Scene scene, boolean muted, Duration after) {
        scene.pass(after);
        repeat(scene, scene.near().muted(muted));
    }

    /** A party's event repeats its status when its recording starts, pauses or continues. */
    public static void record(Scene scene, boolean active, Duration after) {
        scene.pass(after);
        SimulatedLeg leg = scene.near();
        String id = leg.recordings().isEmpty()
                ? scene.randomId()
                : leg.recordings().get(0).id();
        repeat(scene, leg.recording(new SimulatedLeg.Recording(id, active)));
    }

    /** The name of the other end becomes known: from now on, both parties' events have it. */
    public static void learnName(Scene scene, String name, Duration after) {
        scene.pass(after);
        SimulatedLeg far = scene.far();
        if (far.direction() == SimulatedLeg.Direction.OUTBOUND) {
            far.introduces(far.from().named(name), far.to());
        } else {
            far.introduces(far.from(), far.to().named(name));
        }
        if (scene.hasNear()) {
            SimulatedLeg near = scene.near();
            if (near.direction() == SimulatedLeg.Direction.OUTBOUND) {
                near.introduces(near.from(), near.to().named(name));
            } else {
                near.introduces(near.from().named(name), near.to());
            }
            repeat(scene, near);
        } else {
            repeat(scene, far);
        }
    }

    /** From now on, this extension acts, and the party that acted before is the other end. */
    public static void by(Scene scene, String extension) {
        SimulatedLeg near = scene.near();
        if (extension.equals(numberOf(near))) {
            return;
        }
        if (!extension.equals(numberOf(scene.far()))) {
            throw new IllegalStateException(extension + " does not talk in this call");
        }
        scene.near(scene.far());
        scene.far(near);
    }

    private static String numberOf(SimulatedLeg leg) {
        Extension extension = leg.extension();
        return extension == null ? "" : extension.number();
    }

    private static void repeat(Scene scene, SimulatedLeg leg) {
        scene.send(leg, leg.status());
    }
}
