package io.callweave.report;

import io.callweave.call.event.PartyRef;
import io.callweave.call.fact.FactKind;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How RingCentral's AI judged the recordings of calls from queues. */
final class QueueSentiment {

    private static final String EMPTY = "No recording of a call from a queue has a sentiment.";

    /** What a queue takes beside its key, in bytes. */
    private static final int WEIGHT = 50;

    private final ReportRules rules;
    private final FiguresRoom room;
    private final ExtensionNames names;
    private final Map<AccountKey, Moods> queues = new HashMap<>();

    /** How many recordings have each sentiment. */
    private static final class Moods {

        private long positive;
        private long neutral;
        private long negative;
        private long recordings;

        private void add(String sentiment) {
            recordings++;
            switch (sentiment.toLowerCase(Locale.ROOT)) {
                case "positive" -> positive++;
                case "neutral" -> neutral++;
                case "negative" -> negative++;
                default -> {} // only counted
            }
        }
    }

    QueueSentiment(ReportRules rules, ExtensionNames names, FiguresRoom room) {
        this.rules = rules;
        this.room = room;
        this.names = names;
    }

    void add(CallRecord call) {
        for (Artifact artifact : call.artifacts()) {
            String sentiment = artifact.insights().sentiment();
            if (artifact.kind() == FactKind.INSIGHTS && sentiment != null) {
                for (QueueVisit visit : visits(call, artifact)) {
                    AccountKey key = new AccountKey(call.accountId(), visit.queueExtensionId());
                    Moods moods = room.of(queues, key, call.accountId(), key.weight() + WEIGHT, Moods::new);
                    if (moods != null) {
                        moods.add(sentiment);
                    }
                }
            }
        }
    }

    /** Those to the queue of the recorded party; the recording of a caller is of all queues that answered the call. */
    private List<QueueVisit> visits(CallRecord call, Artifact artifact) {
        String queue = call.parties().stream()
                .filter(party -> isOf(artifact, party) && party.queueExtensionId() != null)
                .map(PartyRecord::queueExtensionId)
                .findFirst()
                .orElse(null);
        return call.queues().stream()
                .filter(rules::takes)
                .filter(visit -> queue == null
                        ? visit.outcome() == QueueVisit.Outcome.ANSWERED
                        : visit.queueExtensionId().equals(queue))
                .toList();
    }

    private static boolean isOf(Artifact artifact, PartyRecord party) {
        return new PartyRef(artifact.telephonySessionId(), artifact.partyId()).equals(party.ref());
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    Table table() {
        Table.Builder table = new Table.Builder("queue-sentiment", "Sentiment by queue", EMPTY)
                .text("queue", "Queue")
                .text("accountId", "Account")
                .text("queueExtensionId", "Extension id")
                .figure("recordings", "Recordings", "Those with a sentiment of RingCentral's AI.")
                .figure("positive", "Positive", "")
                .figure("neutral", "Neutral", "")
                .figure("negative", "Negative", "")
                .figure("negativeShare", "Negative of all", "");
        queues.entrySet().stream()
                .sorted(Map.Entry.<AccountKey, Moods>comparingByValue(
                                (one, other) -> Long.compare(other.recordings, one.recordings))
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> {
                    AccountKey key = entry.getKey();
                    Moods moods = entry.getValue();
                    table.row(
                            Cell.text(names.of(key.accountId(), key.id())),
                            Cell.text(key.accountId()),
                            Cell.text(key.id()),
                            Cell.number(moods.recordings),
                            Cell.number(moods.positive),
                            Cell.number(moods.neutral),
                            Cell.number(moods.negative),
                            Cell.ratio(moods.negative, moods.recordings));
                });
        return table.end();
    }
}
