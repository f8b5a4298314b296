package io.callweave.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From a call's beginning to the moment when somebody, or something, takes it. */
final class Ringing {

    private static final Duration CARRIER_SHORTEST = Duration.ofMillis(600);
    private static final Duration CARRIER_LONGEST = Duration.ofMillis(3500);

    private Ringing() {}

    /** Lets a callee ring on a session; an outside one has no Setup. */
    static Leg ring(Scene scene, TelephonySession session, Callee callee, Contact caller) {
        Leg leg = scene.inbound(session, callee, caller);
        if (callee.extension() == null) {
            scene.send(leg, Status.PROCEEDING);
            carrierReports(scene, session);
        } else {
            scene.send(leg);
            scene.moment();
            destinationReached(scene, session, callee);
            scene.send(leg, Status.PROCEEDING);
        }
        scene.ring(leg);
        return leg;
    }

    static void ivr(Scene scene, String name, Duration after, Duration listening) {
        scene.pass(after);
        TelephonySession session = scene.line();
        leaveMenu(scene);
        Callee menu = dialled(scene, Callee.of(scene.account().service(name)));
        Leg leg = scene.inbound(session, menu, scene.far().own());
        scene.send(leg);
        scene.moment();
        destinationReached(scene, session, menu);
        scene.menu(leg);
        scene.pass(listening);
    }

    /** INFER: a queue in which nobody rings yet shows like a menu, as a party of its own extension, and as a queue call. */
    static void waitIn(Scene scene, String name, Duration after, Duration waiting) {
        scene.pass(after);
        TelephonySession session = scene.line();
        leaveMenu(scene);
        Extension queue = scene.account().service(name);
        Callee shown = dialled(scene, Callee.of(queue));
        Leg leg = scene.inbound(session, shown, scene.far().own()).asMemberOf(queue);
        scene.send(leg);
        scene.moment();
        destinationReached(scene, session, shown);
        scene.menu(leg);
        scene.pass(waiting);
    }

    static void dialsInMenu(Scene scene, String extension, Duration after) {
        Leg menu = scene.menu();
        if (menu == null) {
            throw new IllegalStateException("The caller listens to no menu");
        }
        scene.pass(after);
        Callee callee = Callee.of(scene.account().extension(extension));
        TelephonySession session = menu.session();
        scene.send(menu, Status.DISCONNECTED, "CallerInputRedirect");
        scene.menu(null);
        ring(scene, session, dialled(scene, callee), scene.far().own());
    }

    static void redirected(Scene scene, String to, Duration after) {
        Leg rang = theRinging(scene);
        scene.pass(after);
        scene.send(rang, Status.DISCONNECTED, "CallRedirected");
        scene.moment();
        ring(scene, rang.session(), scene.account().callee(to), rang.from());
    }

    /** All agents ring at once and share what the caller sees: the queue. They have no Setup. */
    static void queue(Scene scene, String name, List<String> agents) {
        TelephonySession session = scene.line();
        Extension queue = scene.account().service(name);
        Callee shown = dialled(scene, Callee.of(queue));
        leaveMenu(scene);
        destinationReached(scene, session, shown);
        Contact caller = scene.far().own();
        String number = String.valueOf(caller.phoneNumber()).replace("+", "");
        Contact announced = caller.named(name + " - " + (caller.name() == null ? number : caller.name()));
        List<Leg> members = new ArrayList<>();
        for (String agent : agents) {
            Callee member = new Callee(scene.account().extension(agent), shown.contact());
            members.add(scene.inbound(session, member, announced).asMemberOf(queue));
        }
        for (Leg member : members) {
            scene.send(member, Status.PROCEEDING);
            scene.pass(Duration.ofMillis(3));
        }
        scene.ringing(members);
    }

    /** The queue gives up on those who ring and tries others (INFER: AgentDropped is in no sample). */
    static void queueMovesOn(Scene scene, List<String> agents, Duration after) {
        scene.pass(after);
        Extension queue =
                scene.ringing().isEmpty() ? null : scene.ringing().get(0).queue();
        if (queue == null) {
            throw new IllegalStateException("No queue rings");
        }
        for (Leg member : scene.ringing()) {
            scene.send(member, Status.DISCONNECTED, "AgentDropped");
            scene.pass(Duration.ofMillis(3));
        }
        queue(scene, queue.name(), agents);
    }

    static void ring(Scene scene, String callee) {
        TelephonySession session = scene.line();
        leaveMenu(scene);
        Callee reached = scene.account().callee(callee);
        ring(
                scene,
                session,
                scene.hasNear() ? reached : dialled(scene, reached),
                scene.far().own());
    }

    static void answeredBy(Scene scene, String extension, Duration after) {
        if (scene.ringing().isEmpty()) {
            ring(scene, extension);
        }
        String id = scene.account().extension(extension).id();
        Leg leg = scene.ringing().stream()
                .filter(one -> one.extension() != null && one.extension().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Others ring, but not " + extension));
        scene.pass(after);
        answer(scene, leg);
    }

    static void answered(Scene scene, Duration after) {
        Leg leg = theRinging(scene);
        scene.pass(after);
        answer(scene, leg);
    }

    static void pickedUpBy(Scene scene, String extension, Duration after) {
        Leg rang = theRinging(scene);
        scene.pass(after);
        scene.send(rang, Status.DISCONNECTED, "Pickup");
        Instant time = scene.now();
        scene.moment();
        Callee picker = Callee.of(scene.account().extension(extension));
        Leg leg = scene.inbound(rang.session(), picker, rang.from());
        scene.send(leg);
        scene.handedOver(HandOver.Kind.PICKUP, time, rang, leg);
        scene.moment();
        answer(scene, leg);
    }

    static void screened(Scene scene, String extension, Duration after) {
        ring(scene, extension);
        scene.pass(after);
        scene.send(theRinging(scene), Status.VOICEMAIL_SCREENING);
    }

    static void toVoicemail(Scene scene, Duration after) {
        Leg leg = theRinging(scene);
        scene.pass(after);
        scene.send(leg, Status.VOICEMAIL);
        scene.near(leg);
        scene.ringing(List.of());
    }

    static void voicemailOf(Scene scene, String extension, Duration after) {
        ring(scene, extension);
        toVoicemail(scene, after);
    }

    /** The fax line takes the call by itself; nothing rings. */
    static void faxFor(Scene scene, String extension, Duration transmission) {
        Callee callee = dialled(scene, Callee.of(scene.account().extension(extension)));
        Leg leg = scene.inbound(scene.line(), callee, scene.far().own());
        scene.moment();
        scene.send(leg);
        scene.pass(scene.between(Duration.ofMillis(200), Duration.ofMillis(600)));
        scene.send(leg, Status.FAX_RECEIVE);
        scene.pass(transmission);
        Ending.end(scene, leg);
    }

    /** The losers of a queue go when the winner has it; a caller who still waits learns that it is answered. */
    static void answer(Scene scene, Leg winner) {
        scene.send(winner, Status.ANSWERED);
        scene.answered();
        for (Leg loser : scene.ringing()) {
            if (loser != winner && loser.isOpen()) {
                scene.pass(Duration.ofMillis(3));
                scene.send(loser, Status.DISCONNECTED, "AgentAnswered");
            }
        }
        scene.ringing(List.of());
        for (Leg caller : callersOn(scene, winner.session())) {
            if (caller.is(Status.SETUP) || caller.is(Status.PROCEEDING)) {
                scene.moment();
                scene.send(caller, Status.ANSWERED);
            }
        }
        if (!scene.hasNear() || !scene.near().isOpen()) {
            scene.near(winner);
        }
    }

    static Leg theRinging(Scene scene) {
        if (scene.ringing().size() != 1) {
            throw new IllegalStateException(scene.ringing().size() + " phones ring where one should");
        }
        return scene.ringing().get(0);
    }

    /** A menu ends without a reason, in the very moment in which the next party begins (as in the sample). */
    private static void leaveMenu(Scene scene) {
        Leg menu = scene.menu();
        if (menu == null) {
            scene.moment();
        } else {
            scene.send(menu, Status.DISCONNECTED);
            scene.menu(null);
        }
    }

    /** To the caller, Answered means that a RingCentral destination is reached; whose it is, is known from then on. */
    private static void destinationReached(Scene scene, TelephonySession session, Callee callee) {
        for (Leg caller : callersOn(scene, session)) {
            if (caller.is(Status.SETUP)) {
                String dialled = caller.to().phoneNumber();
                Extension own = caller.extension();
                caller.introduces(
                        own == null ? caller.from() : caller.from().named(own.name()),
                        dialled == null ? callee.contact() : callee.contact().at(dialled));
                scene.send(caller, Status.ANSWERED);
                scene.moment();
            }
        }
    }

    /** A call to the public network: the caller hears it ring when the carrier says so. */
    private static void carrierReports(Scene scene, TelephonySession session) {
        for (Leg caller : callersOn(scene, session)) {
            if (caller.is(Status.SETUP)) {
                scene.pass(scene.between(CARRIER_SHORTEST, CARRIER_LONGEST));
                scene.send(caller, Status.PROCEEDING);
            }
        }
    }

    private static List<Leg> callersOn(Scene scene, TelephonySession session) {
        return scene.legs().stream()
                .filter(leg -> leg.session() == session && leg.direction() == Leg.Direction.OUTBOUND && leg.isOpen())
                .toList();
    }

    /** Who is called directly, or through a menu, is shown with the number that the caller dialled. */
    private static Callee dialled(Scene scene, Callee callee) {
        String number = scene.far().direction() == Leg.Direction.OUTBOUND
                ? scene.far().to().phoneNumber()
                : null;
        return number == null ? callee : callee.dialledAs(number);
    }
}
