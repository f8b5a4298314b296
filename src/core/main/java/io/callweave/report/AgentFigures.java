package io.callweave.report;

import io.callweave.call.calllog.Leg;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Reason;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Party;
import io.callweave.metrics.Distribution;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the people of the account did, by their parties. */
final class AgentFigures {

    private static final String EMPTY =
            "No phone of the account took part in a call. If you expect some, check that the"
                    + " subscription covers all extensions.";

    private static final String FAX = "Fax";

    /** The Call Log's word for a phone that rang until another one answered. */
    private static final String TAKEN = "Answered Elsewhere";

    /** What an agent takes beside its key, in bytes, and each of its days. */
    private static final int WEIGHT = 400;

    private static final int DAY = 200;

    private final ReportRules rules;
    private final ExtensionNames names;
    private final FiguresRoom room;
    private final Map<AccountKey, Agent> agents = new HashMap<>();

    /** Queues and menus: where they have parties of their own, these do not always show what they are. */
    private final Set<AccountKey> machines = new HashSet<>();

    /** One agent. */
    private static final class Agent {

        private long calls;
        private final Distribution handle = new Distribution();
        private long rung;
        private long answered;
        private long taken;
        private long talkMs;
        private long holdMs;
        private long ringMs;
        private final Map<Long, BusyTime> days = new HashMap<>();

        /** @param ownPhone whether the agent answered on another phone of its own */
        private void add(PartyRecord party, String legResult, boolean ownPhone) {
            talkMs += party.talkMs();
            holdMs += party.holdMs();
            Long ring = party.ringMs();
            ringMs += ring == null ? 0 : ring;
            if (ring != null && Party.INBOUND.equals(party.direction()) && !ownPhone) {
                rung++;
                if (party.answerTime() != null) {
                    answered++;
                } else if (legResult.equals(TAKEN)) {
                    taken++;
                }
            }
        }
    }

    AgentFigures(ReportRules rules, ExtensionNames names, FiguresRoom room) {
        this.rules = rules;
        this.names = names;
        this.room = room;
    }

    void add(CallRecord call) {
        Map<PartyRef, String> results = new HashMap<>();
        for (Leg leg : call.graph().legs()) {
            results.put(leg.party(), leg.result());
        }
        long day = rules.day(call.times().startTime());
        call.queues().forEach(visit -> isMachine(new AccountKey(call.accountId(), visit.queueExtensionId())));
        Map<AccountKey, Long> busyMs = new HashMap<>();
        Set<AccountKey> connected = new HashSet<>();
        for (PartyRecord party : call.parties()) {
            String extension = party.extensionId();
            if (extension != null && party.role().takesPart()) {
                names.see(call.accountId(), party);
                AccountKey key = new AccountKey(call.accountId(), extension);
                if (Reason.CALLER_INPUT_REDIRECT.equals(party.endReason()) && party.ringMs() == null) {
                    isMachine(key);
                }
                Agent agent = room.of(agents, key, call.accountId(), key.weight() + WEIGHT, Agent::new);
                if (agent == null) {
                    continue;
                }
                agent.add(party, results.getOrDefault(party.ref(), ""), answersOnAnother(call, party));
                BusyTime busy = room.of(agent.days, day, call.accountId(), DAY, BusyTime::new);
                if (busy != null && room.takes(call.accountId(), BusyTime.weight(party))) {
                    busy.add(party);
                }
                busyMs.merge(key, party.talkMs() + party.holdMs(), Long::sum);
                if (party.answerTime() != null) {
                    connected.add(key);
                }
            }
        }
        for (Map.Entry<AccountKey, Long> busy : busyMs.entrySet()) {
            Agent agent = agents.get(busy.getKey());
            if (agent == null) {
                continue;
            }
            agent.calls++;
            if (connected.contains(busy.getKey()) && isAnswered(call)) {
                agent.handle.add(busy.getValue());
            }
        }
    }

    private void isMachine(AccountKey key) {
        if (!machines.contains(key) && room.takes(key.accountId(), key.weight())) {
            machines.add(key);
        }
    }

    private static boolean isAnswered(CallRecord call) {
        return call.times().answerTime() != null && !call.outcome().type().equals(FAX);
    }

    /** Whether the same person answered on another phone while this one rang. */
    private static boolean answersOnAnother(CallRecord call, PartyRecord party) {
        Long end = party.endTime();
        return party.answerTime() == null
                && call.parties().stream()
                        .filter(other -> !other.ref().equals(party.ref())
                                && party.extensionId() != null
                                && party.extensionId().equals(other.extensionId())
                                && other.role().takesPart()
                                && Party.INBOUND.equals(other.direction()))
                        .map(PartyRecord::answerTime)
                        .anyMatch(answer ->
                                answer != null && answer >= party.startTime() && (end == null || answer <= end));
    }

    Table table() {
        Table.Builder table = new Table.Builder("agents", "Agents", EMPTY)
                .text("agent", "Agent")
                .text("accountId", "Account")
                .text("extensionId", "Extension id")
                .figure("calls", "Calls", "Calls in which the phone rang or was used.")
                .figure(
                        "rung",
                        "Rung",
                        "How often the agent was rung; several phones at once count once if one is answered.")
                .figure(
                        "rungAnswered",
                        "Rung and answered",
                        "Of Rung: the agent answered. Calls that the agent placed are not in it.")
                .figure("takenByOthers", "Taken by others", "Of Rung: somebody else answered while the agent was rung.")
                .figure("rungNotAnswered", "Rung and not answered", "Of Rung: nobody answered meanwhile.")
                .figure("talkMs", "Talk", "Time in conversation, without hold.")
                .figure("holdMs", "Hold", "Time in which the agent had calls on hold.")
                .figure("ringMs", "Ring", "Time in which phones of the agent rang.")
                .figure(
                        "avgHandleMs",
                        "Handle time",
                        "Average of talk and hold, of calls that the agent answered, or placed and somebody answered.")
                .figure(
                        "occupancy",
                        "Occupancy",
                        "Share of the time between the first and the last call of each day that was talk or hold.");
        // Who talked most is first.
        agents.entrySet().stream()
                .filter(entry -> !machines.contains(entry.getKey()))
                .sorted(Comparator.comparingLong((Map.Entry<AccountKey, Agent> entry) -> -entry.getValue().talkMs)
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> table.row(() -> row(entry.getKey(), entry.getValue())));
        return table.end();
    }

    private List<Cell> row(AccountKey key, Agent agent) {
        long busy = agent.days.values().stream().mapToLong(BusyTime::busyMs).sum();
        long span = agent.days.values().stream().mapToLong(BusyTime::spanMs).sum();
        return List.of(
                Cell.text(names.of(key.accountId(), key.id())),
                Cell.text(key.accountId()),
                Cell.text(key.id()),
                Cell.number(agent.calls),
                Cell.number(agent.rung),
                Cell.number(agent.answered),
                Cell.number(agent.taken),
                Cell.number(agent.rung - agent.answered - agent.taken),
                Cell.millis(agent.talkMs),
                Cell.millis(agent.holdMs),
                Cell.millis(agent.ringMs),
                Cell.average(agent.handle),
                Cell.ratio(busy, span));
    }
}
