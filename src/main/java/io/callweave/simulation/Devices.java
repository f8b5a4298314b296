package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;

/** The same user goes on with the same call on another device: a further party of the same session. */
final class Devices {

    private Devices() {}

    static void flip(Scene scene, Duration after) {
        Leg before = scene.near();
        Extension extension = scene.nearExtension();
        scene.pass(after);
        scene.send(before, Status.DISCONNECTED, "CallFlip");
        Instant time = scene.now();
        scene.moment();
        Leg leg = scene.inbound(
                before.session(), Callee.of(extension), scene.far().own());
        scene.send(leg);
        scene.handedOver(HandOver.Kind.FLIP, time, before, leg);
        scene.moment();
        scene.send(leg, Status.ANSWERED);
        scene.near(leg);
    }

    /** The new party is Outbound, whatever the call's direction. */
    static void change(Scene scene, Duration after) {
        Leg before = scene.near();
        Extension extension = scene.nearExtension();
        scene.pass(after);
        scene.send(before, Status.DISCONNECTED, "CallSwitch");
        Instant time = scene.now();
        scene.moment();
        Leg leg = scene.outbound(
                before.session(),
                extension,
                extension.contact().onDevice(extension.deviceId()),
                scene.far().own());
        scene.send(leg, Status.ANSWERED);
        scene.handedOver(HandOver.Kind.SWITCH, time, before, leg);
        scene.near(leg);
    }
}
