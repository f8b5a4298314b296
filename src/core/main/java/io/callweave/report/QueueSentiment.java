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
import java.util.TreeMap;

/** How RingCentral's AI judged the recordings of calls from queues. */
final class QueueSentiment {

    private static final String EMPTY = "No recording of a call from a queue has a sentiment.";

    private final ReportRules rules;
    private final ExtensionNames names;
    private final Map<AccountKey, Moods> queues = new HashMap<>();

    /** How many recordings have each sentiment, in lower case. */
    private static final class Moods {

        private final Map<String, Long> counts = new TreeMap<>();
        private long recordings;

        private long of(String sentiment) {
            return counts.getOrDefault(sentiment, 0L);
        }
    }

    QueueSentiment(ReportRules rules, ExtensionNames names) {
        this.rules = rules;
        this.names = names;
    }

    void add(CallRecord call) {
        for (Artifact artifact : call.artifacts()) {
            String sentiment = artifact.insights().sentiment();
            if (artifact.kind() == FactKind.INSIGHTS && sentiment != null) {
                for (QueueVisit visit : visits(call, artifact)) {
                    Moods moods = queues.computeIfAbsent(
                            new AccountKey(call.accountId(), visit.queueExtensionId()), added -> new Moods());
                    moods.recordings++;
                    moods.counts.merge(sentiment.toLowerCase(Locale.ROOT), 1L, Long::sum);
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
                            Cell.number(moods.of("positive")),
                            Cell.number(moods.of("neutral")),
                            Cell.number(moods.of("negative")),
                            Cell.ratio(moods.of("negative"), moods.recordings));
                });
        return table.end();
    }
}
