package io.callweave.testcalls;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import java.util.List;

/** A realistic call as data: every combination of the parts is one. */
sealed interface CallScript {

    PhoneCall play(CallStart start);

    /** Two people reach a talk, things happen, and the call ends. */
    record Talk(Beginning beginning, List<Move> moves, Finish finish, int who) implements CallScript {

        @Override
        public PhoneCall play(CallStart start) {
            Cast cast = new Cast(who);
            PhoneCall call = beginning.play(start, cast, who);
            for (Move move : moves) {
                call = move.play(call, cast);
            }
            return finish.play(call, cast, who);
        }
    }

    /** Nobody talks. */
    record InVain(Fruitless how, int who) implements CallScript {

        @Override
        public PhoneCall play(CallStart start) {
            return how.play(start, new Cast(who));
        }
    }
}
