package io.callweave.simulation;

import java.time.Duration;

/** What happens while two people talk, without anybody coming or going. */
final class Talking {

    private Talking() {}

    static void hold(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near(), Status.HOLD);
    }

    static void unhold(Scene scene, Duration after) {
        scene.pass(after);
        scene.send(scene.near(), Status.ANSWERED);
    }

    static void mute(Scene scene, boolean muted, Duration after) {
        scene.pass(after);
        repeat(scene, scene.near().muted(muted));
    }

    /** A party's events repeat its status when its recording starts, pauses or goes on. */
    static void record(Scene scene, boolean active, Duration after) {
        scene.pass(after);
        Leg leg = scene.near();
        String id = leg.recordings().isEmpty()
                ? scene.randomId()
                : leg.recordings().get(0).id();
        repeat(scene, leg.recording(new Leg.Recording(id, active)));
    }

    /** The name of the other end comes to be known: from now on both parties' events have it. */
    static void learnName(Scene scene, String name, Duration after) {
        scene.pass(after);
        Leg far = scene.far();
        if (far.direction() == Leg.Direction.OUTBOUND) {
            far.introduces(far.from().named(name), far.to());
        } else {
            far.introduces(far.from(), far.to().named(name));
        }
        if (scene.hasNear()) {
            Leg near = scene.near();
            if (near.direction() == Leg.Direction.OUTBOUND) {
                near.introduces(near.from(), near.to().named(name));
            } else {
                near.introduces(near.from().named(name), near.to());
            }
            repeat(scene, near);
        } else {
            repeat(scene, far);
        }
    }

    /** From now on this extension acts, and who acted is the other end. */
    static void by(Scene scene, String extension) {
        Leg near = scene.near();
        if (extension.equals(numberOf(near))) {
            return;
        }
        if (!extension.equals(numberOf(scene.far()))) {
            throw new IllegalStateException(extension + " does not talk in this call");
        }
        scene.near(scene.far());
        scene.far(near);
    }

    private static String numberOf(Leg leg) {
        Extension extension = leg.extension();
        return extension == null ? "" : extension.number();
    }

    private static void repeat(Scene scene, Leg leg) {
        scene.send(leg, leg.status());
    }
}
