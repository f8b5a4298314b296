package io.callweave.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.metrics.WindowSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a day of one account that people compare, with the usual service level. Each source of figures makes its own.
 *
 * @param visits to all queues together
 * @param queues by extension
 */
record DayFigures(OfCalls calls, OfVisits visits, SortedMap<String, OfVisits> queues) {

    static final long THRESHOLD_MS = 20_000;

    /** Of whole calls, without those in which somebody only monitored. */
    record OfCalls(
            long calls,
            long answered,
            long abandoned,
            long talkMs,
            long handleMs,
            @Nullable Long averageHandleMs) {

        static OfCalls of(long calls, long answered, long abandoned, long talkMs, long handleMs) {
            return new OfCalls(calls, answered, abandoned, talkMs, handleMs, average(handleMs, answered));
        }
    }

    /** Of entries of {@code queues}, without faxes. */
    record OfVisits(
            long visits,
            long answered,
            long abandoned,
            long counted,
            long answeredWithin,
            @Nullable Double serviceLevel,
            @Nullable Long averageSpeedOfAnswerMs) {

        static OfVisits of(
                long visits, long answered, long abandoned, long counted, long answeredWithin, long answeredWaitMs) {
            return new OfVisits(
                    visits,
                    answered,
                    abandoned,
                    counted,
                    answeredWithin,
                    ratio(answeredWithin, counted),
                    average(answeredWaitMs, answered));
        }
    }

    /** Sums that go on. */
    private static final class Visits {

        private long visits;
        private long answered;
        private long abandoned;
        private long counted;
        private long within;
        private long waitMs;

        private OfVisits end() {
            return OfVisits.of(visits, answered, abandoned, counted, within, waitMs);
        }
    }

    /** What the calls of a simulation really were, counted by hand. */
    static DayFigures ofTruth(Iterable<JsonNode> calls) {
        long all = 0;
        long answered = 0;
        long abandoned = 0;
        long talk = 0;
        long handle = 0;
        Visits visits = new Visits();
        SortedMap<String, Visits> queues = new TreeMap<>();
        for (JsonNode call : calls) {
            if (call.path("action").asText().equals("Monitoring")) {
                continue;
            }
            boolean fax = call.path("type").asText().equals("Fax");
            boolean goesOut = call.path("direction").asText().equals("Outbound")
                    && !call.path("internal").asBoolean();
            long talked = call.path("talkMs").asLong();
            all++;
            talk += talked;
            if (!fax && call.hasNonNull("answerTime")) {
                answered++;
                handle += talked + call.path("holdMs").asLong();
            } else if (!fax
                    && !goesOut
                    && !reachedVoicemail(call)
                    && (call.path("result").asText().equals("Abandoned")
                            || !call.path("queues").isEmpty())) {
                // Who leaves while the queue is set up has no visit; an internal call has no result of its own for it.
                abandoned++;
            }
            for (JsonNode visit : fax ? List.<JsonNode>of() : call.path("queues")) {
                add(visit, goesOut, visits);
                String queue = visit.path("queueExtensionId").asText();
                add(visit, goesOut, queues.computeIfAbsent(queue, added -> new Visits()));
            }
        }
        SortedMap<String, OfVisits> ended = new TreeMap<>();
        queues.forEach((queue, sums) -> ended.put(queue, sums.end()));
        return new DayFigures(OfCalls.of(all, answered, abandoned, talk, handle), visits.end(), ended);
    }

    private static void add(JsonNode visit, boolean goesOut, Visits sums) {
        long wait = visit.path("waitMs").asLong();
        boolean answered = visit.path("outcome").asText().equals("answered");
        boolean abandoned = visit.path("outcome").asText().equals("abandoned");
        sums.visits++;
        sums.answered += answered ? 1 : 0;
        sums.abandoned += abandoned ? 1 : 0;
        sums.waitMs += answered ? wait : 0;
        sums.counted += !goesOut && (answered || abandoned) ? 1 : 0;
        sums.within += !goesOut && answered && wait <= THRESHOLD_MS ? 1 : 0;
    }

    private static boolean reachedVoicemail(JsonNode call) {
        for (JsonNode party : call.path("parties")) {
            for (JsonNode segment : party.path("segments")) {
                if (segment.path("status").asText().equals("Voicemail")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What windows of one size add up to. */
    static DayFigures ofWindows(Collection<JsonNode> windows, WindowSize size) {
        List<JsonNode> ofSize = windows.stream()
                .filter(window -> window.path("window").asText().equals(size.name()))
                .toList();
        List<JsonNode> account = of(ofSize, "account");
        SortedMap<String, OfVisits> queues = new TreeMap<>();
        of(ofSize, "queue").stream()
                .map(window -> window.path("scopeId").asText())
                .distinct()
                .forEach(queue -> queues.put(
                        queue,
                        visits(of(ofSize, "queue").stream()
                                .filter(window ->
                                        window.path("scopeId").asText().equals(queue))
                                .toList())));
        OfVisits all = visits(of(ofSize, "queue"));
        OfVisits visits = OfVisits.of(
                all.visits(),
                all.answered(),
                all.abandoned(),
                sum(account, "/serviceLevel/counted"),
                sum(account, "/serviceLevel/answeredWithin"),
                sum(of(ofSize, "queue"), "/timeToAnswer/sumMs"));
        return new DayFigures(
                OfCalls.of(
                        sum(account, "/calls"),
                        sum(account, "/answered"),
                        sum(account, "/abandoned"),
                        sum(account, "/talk/sumMs"),
                        sum(account, "/handle/sumMs")),
                visits,
                queues);
    }

    private static OfVisits visits(List<JsonNode> windows) {
        return OfVisits.of(
                sum(windows, "/calls") - sum(windows, "/fax"),
                sum(windows, "/answered"),
                sum(windows, "/abandoned"),
                sum(windows, "/serviceLevel/counted"),
                sum(windows, "/serviceLevel/answeredWithin"),
                sum(windows, "/timeToAnswer/sumMs"));
    }

    private static List<JsonNode> of(List<JsonNode> windows, String scope) {
        return windows.stream()
                .filter(window -> window.path("scope").asText().equals(scope))
                .toList();
    }

    private static long sum(List<JsonNode> windows, String figure) {
        return windows.stream().mapToLong(window -> window.at(figure).asLong()).sum();
    }

    /** Rounded half up. */
    static @Nullable Long average(long sum, long count) {
        return count == 0
                ? null
                : BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP)
                        .longValueExact();
    }

    /** To four decimals. */
    static @Nullable Double ratio(long part, long whole) {
        return whole == 0
                ? null
                : BigDecimal.valueOf(part)
                        .divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP)
                        .doubleValue();
    }
}
