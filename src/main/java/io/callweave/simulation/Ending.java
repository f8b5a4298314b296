package io.callweave.simulation;

import java.time.Duration;
import java.util.List;

/** How calls, and people's parts in them, end. */
final class Ending {

    private Ending() {}

    /** The one who acts hangs up; from a voicemail, a menu or a ringing phone only the other end can. */
    static void hangUp(Scene scene, Duration after) {
        boolean talks = scene.hasNear()
                && (scene.near().is(Status.ANSWERED) || scene.near().is(Status.HOLD));
        scene.pass(after);
        end(scene, talks ? scene.near() : scene.far());
    }

    static void otherSideHangsUp(Scene scene, Duration after) {
        scene.pass(after);
        end(scene, scene.far());
    }

    /** Those who ring go for a reason, everybody else without one. */
    static void unsuccessful(Scene scene, String reason, Duration after) {
        if (scene.ringing().isEmpty()) {
            throw new IllegalStateException("Nobody rings");
        }
        scene.pass(after);
        for (Leg leg : scene.ringing()) {
            scene.send(leg, Status.DISCONNECTED, reason);
            scene.moment();
        }
        endAll(scene);
    }

    /** One of several leaves; the others go on. */
    static void leaves(Scene scene, String who, Duration after) {
        Leg leg = scene.openLegs().stream()
                .filter(one -> one != scene.near() && isAt(one, who))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(who + " is not in the call"));
        scene.pass(after);
        scene.send(leg, Status.DISCONNECTED);
    }

    /** The first leg ends, then within milliseconds all that are left of the call. */
    static void end(Scene scene, Leg first) {
        if (first.isOpen()) {
            scene.send(first, Status.DISCONNECTED);
            scene.moment();
        }
        endAll(scene);
    }

    private static void endAll(Scene scene) {
        for (Leg leg : scene.openLegs()) {
            scene.send(leg, Status.DISCONNECTED);
            scene.moment();
        }
        scene.ringing(List.of());
        scene.menu(null);
    }

    private static boolean isAt(Leg leg, String who) {
        Extension extension = leg.extension();
        return extension == null ? who.equals(leg.own().phoneNumber()) : who.equals(extension.number());
    }
}
