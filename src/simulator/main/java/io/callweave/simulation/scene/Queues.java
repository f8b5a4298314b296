package io.callweave.simulation.scene;

import io.callweave.simulation.platform.Callee;
import io.callweave.simulation.platform.CallerNames;
import io.callweave.simulation.platform.Contact;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.QueueForm;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens in queues: callers wait, members' phones ring, and the queue stops trying. */
public final class Queues {

    private static final Duration APART = Duration.ofMillis(3);

    private Queues() {}

    /** The caller hears music; nobody is free. */
    public static void waitIn(Scene scene, String name, Duration after, Duration waiting) {
        scene.pass(after);
        TelephonySession session = scene.line();
        Extension queue = scene.account().service(name);
        leaveOther(scene, queue);
        if (scene.queueParty() == null) {
            enter(scene, session, queue);
        }
        scene.pass(waiting);
    }

    /** All agents ring at once, with the queue as the callee, like the caller's party. They have no Setup. */
    public static void ring(Scene scene, String name, List<String> agents) {
        TelephonySession session = scene.line();
        Extension queue = scene.account().service(name);
        leaveOther(scene, queue);
        QueueForm form = scene.queueForm();
        Callee shown = Ringing.dialled(scene, Callee.of(queue));
        if (form == QueueForm.MEMBERS || scene.hasRung(queue)) {
            leaveMenu(scene);
        } else if (scene.queueParty() == null) {
            enter(scene, session, queue);
            scene.pass(scene.between(Duration.ofMillis(100), Duration.ofMillis(900)));
        }
        if (!form.stays()) {
            endOwn(scene, form.endReason());
        }
        Ringing.destinationReached(scene, session, shown);
        Contact caller = scene.far().own();
        Contact announced = caller.named(name + " - " + announced(caller));
        List<SimulatedLeg> members = new ArrayList<>();
        Set<String> once = new HashSet<>();
        for (String agent : agents) {
            Extension extension = scene.account().extension(agent);
            Contact to = once.add(agent) ? shown.contact() : shown.contact().onDevice(extension.secondDeviceId());
            members.add(
                    scene.inbound(session, new Callee(extension, to), announced).asMemberOf(queue));
        }
        for (SimulatedLeg member : members) {
            scene.send(member, WireStatus.PROCEEDING);
            scene.pass(APART);
        }
        scene.ringing(members);
        scene.rung(queue);
    }

    /** The caller's name, else the number without the plus. */
    private static String announced(Contact caller) {
        String known = caller.name() == null ? CallerNames.of(caller.phoneNumber()) : caller.name();
        return known == null ? String.valueOf(caller.phoneNumber()).replace("+", "") : known;
    }

    /** The queue stops ringing these agents and rings others (INFER: AgentDropped is in no sample). */
    public static void movesOn(Scene scene, List<String> agents, Duration after) {
        Extension queue = ringingFor(scene);
        scene.pass(after);
        dropMembers(scene);
        ring(scene, queue.name(), agents);
    }

    /**
     * After a wait, the queue forwards the caller to another queue, where phones ring; without agents, the caller waits
     * there.
     */
    public static void overflows(Scene scene, String name, List<String> agents, Duration after) {
        Extension queue = current(scene);
        if (queue.name().equals(name)) {
            throw new IllegalStateException("The caller already waits in " + name);
        }
        scene.pass(after);
        dropMembers(scene);
        if (agents.isEmpty()) {
            waitIn(scene, name, Duration.ZERO, Duration.ZERO);
        } else {
            ring(scene, name, agents);
        }
    }

    /** Nobody answers in time, and the caller speaks to the queue's voicemail. */
    public static void toVoicemail(Scene scene, Duration after) {
        Extension queue = current(scene);
        TelephonySession session = scene.line();
        scene.pass(after);
        dropMembers(scene);
        SimulatedLeg own = scene.queueParty();
        if (own == null || own.is(WireStatus.ANSWERED)) {
            endOwn(scene, null);
            Callee shown = Ringing.dialled(scene, Callee.of(queue));
            own = scene.inbound(session, shown, scene.far().own()).asQueue(queue, true);
            scene.send(own);
            scene.moment();
        }
        scene.queueParty(null);
        scene.send(own, WireStatus.VOICEMAIL);
        scene.near(own);
    }

    /** The acting party transfers the call blindly to a queue, where these phones ring. */
    public static void transferredTo(Scene scene, String name, List<String> agents, Duration after) {
        scene.pass(after);
        SimulatedLeg leg = scene.near();
        scene.send(leg, WireStatus.DISCONNECTED, "BlindTransfer");
        scene.handedOver(HandOver.Kind.BLIND, scene.now(), leg, null);
        scene.moment();
        ring(scene, name, agents);
    }

    /** An agent has the call, so the queue's own party ends. */
    static void answered(Scene scene) {
        SimulatedLeg own = scene.queueParty();
        if (own != null) {
            scene.pass(APART);
            endOwn(scene, scene.queueForm().endReason());
        }
    }

    /** A menu, or the party of a queue without ringing phones, ends at the moment when the next party begins. */
    static void leaveMenu(Scene scene) {
        SimulatedLeg menu = scene.menu();
        if (menu != null) {
            scene.send(menu, WireStatus.DISCONNECTED);
            scene.menu(null);
        } else if (scene.queueParty() == null) {
            scene.moment();
        }
    }

    private static void enter(Scene scene, TelephonySession session, Extension queue) {
        leaveMenu(scene);
        QueueForm form = scene.queueForm();
        Callee shown = Ringing.dialled(scene, Callee.of(queue));
        SimulatedLeg own = scene.inbound(session, shown, scene.far().own()).asQueue(queue, form.isMarked());
        scene.send(own);
        scene.moment();
        Ringing.destinationReached(scene, session, shown);
        switch (form.own()) {
            case SETUP -> {}
            case PROCEEDING -> scene.send(own, WireStatus.PROCEEDING);
            case ANSWERED -> {
                scene.pass(scene.between(Duration.ofMillis(100), Duration.ofMillis(800)));
                scene.send(own, WireStatus.ANSWERED);
            }
        }
        scene.queueParty(own);
    }

    private static void leaveOther(Scene scene, Extension queue) {
        SimulatedLeg own = scene.queueParty();
        if (own != null && !queue.equals(own.queue())) {
            endOwn(scene, null);
        }
    }

    private static void endOwn(Scene scene, @Nullable String reason) {
        SimulatedLeg own = scene.queueParty();
        if (own != null) {
            scene.send(own, WireStatus.DISCONNECTED, reason);
            scene.queueParty(null);
        }
    }

    private static void dropMembers(Scene scene) {
        for (SimulatedLeg member : scene.ringing()) {
            scene.send(member, WireStatus.DISCONNECTED, "AgentDropped");
            scene.pass(APART);
        }
        scene.ringing(List.of());
    }

    private static Extension ringingFor(Scene scene) {
        Extension queue =
                scene.ringing().isEmpty() ? null : scene.ringing().get(0).queue();
        if (queue == null) {
            throw new IllegalStateException("No queue rings");
        }
        return queue;
    }

    private static Extension current(Scene scene) {
        SimulatedLeg own = scene.queueParty();
        Extension queue = own == null ? null : own.queue();
        return queue == null ? ringingFor(scene) : queue;
    }
}
