package io.callweave.testcalls;

import io.callweave.simulation.CallStart;
import io.callweave.simulation.PhoneCall;
import java.util.List;

/** A believable call as data: any combination of the parts is one. */
sealed interface CallScript {

    PhoneCall play(CallStart start);

    /** People come to talk, things happen, and it ends. */
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

    /** Nobody comes to talk. */
    record InVain(Fruitless how, int who) implements CallScript {

        @Override
        public PhoneCall play(CallStart start) {
            return how.play(start, new Cast(who));
        }
    }
}
