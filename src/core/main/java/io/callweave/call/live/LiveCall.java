package io.callweave.call.live;

import io.callweave.call.AnsweredBy;
import io.callweave.call.AnsweringParties;
import io.callweave.call.Call;
import io.callweave.call.CallAddresses;
import io.callweave.call.CallDirection;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.event.Address;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wallboard needs to know about a live call: a pure function of the set of its party events. It holds times
 * instead of durations, so that a viewer can run its own timers and no updates are needed while nothing happens. Times
 * are milliseconds since the epoch.
 *
 * @param since the start of what makes the state; for {@link LiveState#CONNECTING} the call's start
 * @param action in the words of the Call Log
 * @param answerTime null if nobody answered yet, like {@code answeredBy}
 * @param sessions ids of the telephony sessions, the first is the call's
 * @param parties those that are not over
 */
public record LiveCall(
        String accountId,
        String callId,
        LiveState state,
        long since,
        String direction,
        boolean internal,
        String action,
        long startTime,
        @Nullable Long answerTime,
        @Nullable Address from,
        @Nullable Address to,
        @Nullable AnsweredBy answeredBy,
        List<String> sessions,
        List<LiveParty> parties) {

    /** The value of a call at any stage. */
    public static LiveCall of(Call call) {
        List<Party> answering = AnsweringParties.of(call);
        Party first = AnsweredBy.first(answering);
        List<Party> open = new ArrayList<>();
        List<Party> present = new ArrayList<>();
        for (Party party : call.parties()) {
            if (!party.isOver()) {
                open.add(party);
                if (!party.isSupervisor() && !party.isBridge()) {
                    present.add(party);
                }
            }
        }
        LiveSituation now = LiveSituation.of(present, answering, call.startTime());
        CallDirection direction = CallDirection.of(call);
        CallAddresses addresses = CallAddresses.of(call.first());
        return new LiveCall(
                call.accountId(),
                call.callId(),
                now.state(),
                now.since(),
                direction.wireName(),
                direction.isInternal(),
                CallResult.of(call, direction, first != null).action(),
                call.startTime(),
                first == null ? null : first.answerTime(),
                addresses.from(),
                addresses.to(),
                AnsweredBy.of(answering),
                call.sessions().stream().map(FoldedSession::id).toList(),
                open.stream().map(LiveParty::of).toList());
    }

    /** The value without its parties, for one that is too large. */
    public LiveCall withoutParties() {
        return new LiveCall(
                accountId,
                callId,
                state,
                since,
                direction,
                internal,
                action,
                startTime,
                answerTime,
                from,
                to,
                answeredBy,
                sessions,
                List.of());
    }
}
