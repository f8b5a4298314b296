package io.callweave.testcalls;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.Flow;
import io.callweave.simulation.phonecall.PhoneCall;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests each part of a script, so that none depends on chance. */
class CallScriptTest {

    @ParameterizedTest
    @EnumSource
    void shouldReachATalkFromEveryBeginning(Beginning beginning) {
        PhoneCall call = talk(beginning, List.of(), Finish.HANG_UP);

        assertThat(call.answerTime()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnTalkingAfterAnyMove(Move.Kind kind) {
        Move move = new Move(kind, 3, 10);
        PhoneCall call = talk(Beginning.DIRECT, List.of(move, move), Finish.HANG_UP);

        assertThat(call.notifications()).hasSizeGreaterThan(7);
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndWithEveryFinish(Finish finish) {
        PhoneCall call = talk(Beginning.OUTBOUND, List.of(), finish);

        assertThat(Flow.of(call.notifications())).last().asString().contains("Disconnected");
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotBeAnsweredInAnyFruitlessCall(Fruitless how) {
        PhoneCall call = new CallScript.InVain(how, 2).play(PhoneCall.call());

        assertThat(call.answerTime()).isEmpty();
        assertThat(Flow.of(call.notifications())).last().asString().contains("Disconnected");
    }

    private static PhoneCall talk(Beginning beginning, List<Move> moves, Finish finish) {
        return new CallScript.Talk(beginning, moves, finish, 1).play(PhoneCall.call());
    }
}
