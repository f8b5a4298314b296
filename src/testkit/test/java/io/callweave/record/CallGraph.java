package io.callweave.record;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * A call that grew over many sessions, and how its notifications tell which belong together.
 *
 * <p>It shrinks to fewer joints, and to peers that both ends name in full.
 */
record CallGraph(Start start, List<Joint> joints, long namingSeed) {

    private static final int MOST_JOINTS = 6;
    private static final String CUSTOMER = "+15550100002";

    /** Who calls whom. */
    enum Start {
        INBOUND,
        OUTBOUND,
        INTERNAL
    }

    /** What brings a session, or a party, into a call; each leaves somebody who can go on. */
    enum Joint {
        BLIND_TRANSFER,
        ATTENDED_TRANSFER,
        PARK,
        CONFERENCE,
        TAKE_OVER,
        /** Brings a session that is no part of the call. */
        SUPERVISE,
        /** A consultation that comes to nothing: another call. */
        CONSULT
    }

    /** Extensions and numbers that nobody has yet. */
    private static final class Cast {
        private int extensions = 100;
        private int numbers = 100;

        String extension() {
            extensions++;
            return Integer.toString(extensions);
        }

        String number() {
            numbers++;
            return "+15550109" + numbers;
        }
    }

    /** Gives any property its graphs. */
    static final class Graphs extends DomainContextBase {

        @Provide
        Arbitrary<CallGraph> graph() {
            return Combinators.combine(
                            Arbitraries.of(Start.class),
                            Arbitraries.of(Joint.class).list().ofMinSize(1).ofMaxSize(MOST_JOINTS),
                            Arbitraries.longs().greaterOrEqual(0))
                    .as(CallGraph::new)
                    .withoutEdgeCases();
        }
    }

    PhoneCall call() {
        Cast cast = new Cast();
        String first = cast.extension();
        PhoneCall call = switch (start) {
            case INBOUND -> PhoneCall.call().inbound(CUSTOMER).answeredBy(first);
            case OUTBOUND -> PhoneCall.call().outbound(first, CUSTOMER).answered();
            case INTERNAL -> PhoneCall.call().internal(first, cast.extension()).answered();
        };
        for (Joint joint : joints) {
            call = grown(call, joint, cast);
        }
        return call.hangUp();
    }

    private static PhoneCall grown(PhoneCall call, Joint joint, Cast cast) {
        return switch (joint) {
            case BLIND_TRANSFER -> call.transferredTo(cast.extension());
            case ATTENDED_TRANSFER -> call.attendedTransferTo(cast.extension());
            case PARK -> call.parkedAt("801").fetchedFromParkBy(cast.extension());
            case CONFERENCE -> call.conferenceWith(cast.number(), cast.extension());
            case TAKE_OVER -> call.supervisedBy(cast.extension()).takenOver();
            case SUPERVISE -> call.supervisedBy(cast.extension());
            case CONSULT -> call.consulting(cast.extension()).backFromConsulting();
        };
    }

    /** As the platform tells it: of each cross call one end or both name the other, each in some form. */
    List<Notification> notifications() {
        return new PeerNaming(namingSeed).applied(call().notifications());
    }

    List<String> lines() {
        return lines(notifications());
    }

    static List<String> lines(List<Notification> notifications) {
        return new ArrayList<>(notifications.stream().map(Notification::json).toList());
    }

    long count(Joint joint) {
        return joints.stream().filter(joint::equals).count();
    }
}
