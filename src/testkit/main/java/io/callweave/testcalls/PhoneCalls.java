package io.callweave.testcalls;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.EnvelopeForm;
import io.callweave.simulation.platform.OutsideParties;
import io.callweave.simulation.platform.PeerForm;
import io.callweave.simulation.platform.QueueForm;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Some realistic calls of one or two accounts at about the same time.
 *
 * <p>They shrink to fewer calls with fewer moves, and in the end to a direct call that is answered and hung up.
 */
public record PhoneCalls(List<PhoneCall> calls) {

    private static final int MOST_MOVES = 5;
    private static final int MOST_SECONDS_APART = 600;
    private static final int MOST_SKEW_MS = 400;
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** A script with the values for its start. */
    private record Scripted(CallScript script, SimulatedAccount account, Wire wire, int second) {

        PhoneCall play(long seed) {
            return script.play(PhoneCall.call()
                    .in(account)
                    .on(wire)
                    .startingAt(START.plusSeconds(second))
                    .seeded(seed));
        }
    }

    /** Up to this many calls. The parts have no edge cases of their own, because these would combine to thousands. */
    public static Arbitrary<PhoneCalls> arbitrary(int most) {
        return some(most, wires());
    }

    /** The same in all forms in which the platform has reported calls, each as likely as any other. */
    public static Arbitrary<PhoneCalls> inAnyForm(int most) {
        return some(most, anyWires());
    }

    private static Arbitrary<PhoneCalls> some(int most, Arbitrary<Wire> wires) {
        return scripted(wires)
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(PhoneCalls::play)
                .withoutEdgeCases();
    }

    /** One call. */
    public static Arbitrary<PhoneCall> one() {
        return scripted(wires()).map(scripted -> scripted.play(1)).withoutEdgeCases();
    }

    /** A seed for each, because two scripts may be the same. */
    private static PhoneCalls play(List<Scripted> scripts) {
        List<PhoneCall> calls = new ArrayList<>();
        for (Scripted script : scripts) {
            calls.add(script.play(calls.size() + 1L));
        }
        return new PhoneCalls(List.copyOf(calls));
    }

    private static Arbitrary<Scripted> scripted(Arbitrary<Wire> wires) {
        return Combinators.combine(
                        scripts(),
                        Arbitraries.of(SimulatedAccount.FIRST, SimulatedAccount.SECOND),
                        wires,
                        Arbitraries.integers().between(0, MOST_SECONDS_APART))
                .as(Scripted::new);
    }

    private static Arbitrary<Wire> wires() {
        return Combinators.combine(
                        Arbitraries.of(PeerForm.class), Arbitraries.of(QueueForm.class), Arbitraries.of(false, true))
                .as((peers, queues, sip) -> {
                    Wire wire = Wire.TODAY.withPeers(peers).showingQueuesAs(queues);
                    return sip ? wire.withSipData() : wire;
                });
    }

    private static Arbitrary<Wire> anyWires() {
        Arbitrary<Boolean> either = Arbitraries.of(false, true);
        return Combinators.combine(
                        wires(),
                        either,
                        Arbitraries.of(EnvelopeForm.class),
                        either,
                        Arbitraries.of(OutsideParties.class),
                        Arbitraries.integers().between(0, MOST_SKEW_MS))
                .as((wire, oneEnd, envelope, numeric, outside, skew) -> {
                    Wire one = oneEnd ? wire.withOneEndNamingThePeer() : wire;
                    one = numeric ? one.withNumericIds() : one;
                    return one.in(envelope).with(outside).skewedBy(Duration.ofMillis(skew));
                });
    }

    private static Arbitrary<CallScript> scripts() {
        Arbitrary<Integer> who = Arbitraries.integers().between(0, 5);
        Arbitrary<Move> moves = Combinators.combine(
                        Arbitraries.of(Move.Kind.class),
                        who,
                        Arbitraries.integers().between(1, 60))
                .as(Move::new);
        Arbitrary<CallScript> talks = Combinators.combine(
                        Arbitraries.of(Beginning.class),
                        moves.list().ofMaxSize(MOST_MOVES),
                        Arbitraries.of(Finish.class),
                        who)
                .as(CallScript.Talk::new);
        Arbitrary<CallScript> inVain =
                Combinators.combine(Arbitraries.of(Fruitless.class), who).as(CallScript.InVain::new);
        return Arbitraries.frequencyOf(Tuple.of(4, talks), Tuple.of(1, inVain));
    }
}
