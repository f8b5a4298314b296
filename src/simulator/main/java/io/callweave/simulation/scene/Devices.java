package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.time.Instant;

/** The same user continues the same call on another device: a further party of the same session. */
public final class Devices {

    private Devices() {}

    public static void flip(Scene scene, Duration after) {
        SimulatedLeg before = scene.near();
        Extension extension = scene.nearExtension();
        scene.pass(after);
        scene.send(before, WireStatus.DISCONNECTED, "CallFlip");
        Instant time = scene.now();
        scene.moment();
        SimulatedLeg leg = scene.inbound(
                before.session(), Callee.of(extension), scene.far().own());
        scene.send(leg);
        scene.handedOver(HandOver.Kind.FLIP, time, before, leg);
        scene.moment();
        scene.send(leg, WireStatus.ANSWERED);
        scene.near(leg);
    }

    /** The new device has the call before the old one ends (INFER). */
    public static void flipWithoutGap(Scene scene, Duration after) {
        SimulatedLeg before = scene.near();
        Extension extension = scene.nearExtension();
        scene.pass(after);
        Contact to = extension.contact().onDevice(extension.secondDeviceId());
        SimulatedLeg leg = scene.inbound(
                before.session(), new Callee(extension, to), scene.far().own());
        scene.send(leg);
        scene.moment();
        scene.send(leg, WireStatus.ANSWERED);
        scene.moment();
        scene.send(before, WireStatus.DISCONNECTED, "CallFlip");
        scene.handedOver(HandOver.Kind.FLIP, scene.now(), before, null);
        scene.near(leg);
    }

    /** The new party is Outbound, whatever the call's direction. */
    public static void change(Scene scene, Duration after) {
        SimulatedLeg before = scene.near();
        Extension extension = scene.nearExtension();
        scene.pass(after);
        scene.send(before, WireStatus.DISCONNECTED, "CallSwitch");
        Instant time = scene.now();
        scene.moment();
        SimulatedLeg leg = scene.outbound(
                before.session(),
                extension,
                extension.contact().onDevice(extension.deviceId()),
                scene.far().own());
        scene.send(leg, WireStatus.ANSWERED);
        scene.handedOver(HandOver.Kind.SWITCH, time, before, leg);
        scene.near(leg);
    }
}
