package io.callweave.testcalls;

import io.callweave.simulation.Account;
import io.callweave.simulation.PeerForm;
import io.callweave.simulation.PhoneCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Some believable calls of one or two accounts that happen at about the same time.
 *
 * <p>They shrink to fewer calls, with fewer things happening in them, and in the end to a direct call that is answered
 * and hung up.
 */
public record PhoneCalls(List<PhoneCall> calls) {

    private static final int MOST_MOVES = 5;
    private static final int MOST_SECONDS_APART = 600;
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** A script with what a start needs. */
    private record Scripted(CallScript script, Account account, PeerForm peerForm, int second) {

        PhoneCall play(long seed) {
            return script.play(PhoneCall.call()
                    .in(account)
                    .withPeers(peerForm)
                    .startingAt(START.plusSeconds(second))
                    .seeded(seed));
        }
    }

    /** Up to so many calls. Edge cases of the parts would combine to thousands that mean nothing. */
    public static Arbitrary<PhoneCalls> arbitrary(int most) {
        return scripted()
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(PhoneCalls::play)
                .withoutEdgeCases();
    }

    /** One call. */
    public static Arbitrary<PhoneCall> one() {
        return scripted().map(scripted -> scripted.play(1)).withoutEdgeCases();
    }

    /** A seed for each, for two scripts may be the same. */
    private static PhoneCalls play(List<Scripted> scripts) {
        List<PhoneCall> calls = new ArrayList<>();
        for (Scripted script : scripts) {
            calls.add(script.play(calls.size() + 1L));
        }
        return new PhoneCalls(List.copyOf(calls));
    }

    private static Arbitrary<Scripted> scripted() {
        return Combinators.combine(
                        scripts(),
                        Arbitraries.of(Account.FIRST, Account.SECOND),
                        Arbitraries.of(PeerForm.class),
                        Arbitraries.integers().between(0, MOST_SECONDS_APART))
                .as(Scripted::new);
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
