package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.util.List;

/** How calls end, and how single parties leave. */
public final class Ending {

    private Ending() {}

    /** The acting party hangs up; from a voicemail, a menu or a ringing phone, only the other end can. */
    public static void hangUp(Scene scene, Duration after) {
        boolean talks = scene.hasNear()
                && (scene.near().is(WireStatus.ANSWERED) || scene.near().is(WireStatus.HOLD));
        scene.pass(after);
        end(scene, talks ? scene.near() : scene.far());
    }

    public static void otherSideHangsUp(Scene scene, Duration after) {
        scene.pass(after);
        end(scene, scene.far());
    }

    /** Ringing parties end with a reason, all others without one. */
    public static void unsuccessful(Scene scene, String reason, Duration after) {
        if (scene.ringing().isEmpty()) {
            throw new IllegalStateException("Nobody rings");
        }
        scene.pass(after);
        for (SimulatedLeg leg : scene.ringing()) {
            scene.send(leg, WireStatus.DISCONNECTED, reason);
            scene.moment();
        }
        endAll(scene);
    }

    /** One of several parties leaves; the others stay. */
    public static void leaves(Scene scene, String who, Duration after) {
        SimulatedLeg leg = scene.openLegs().stream()
                .filter(one -> one != scene.near() && isAt(one, who))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(who + " is not in the call"));
        scene.pass(after);
        scene.send(leg, WireStatus.DISCONNECTED);
    }

    /** The first leg ends, and within milliseconds all other legs of the call. */
    static void end(Scene scene, SimulatedLeg first) {
        if (first.isOpen()) {
            scene.send(first, WireStatus.DISCONNECTED);
            scene.moment();
        }
        endAll(scene);
    }

    private static void endAll(Scene scene) {
        for (SimulatedLeg leg : scene.openLegs()) {
            scene.send(leg, WireStatus.DISCONNECTED);
            scene.moment();
        }
        scene.ringing(List.of());
        scene.menu(null);
        scene.queueParty(null);
    }

    private static boolean isAt(SimulatedLeg leg, String who) {
        Extension extension = leg.extension();
        return extension == null ? who.equals(leg.own().phoneNumber()) : who.equals(extension.number());
    }
}
