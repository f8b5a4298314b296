package io.callweave.bench.competitors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bench.throughput.Candidate;
import io.callweave.bench.throughput.OutputCheck;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Checks the subjects that write to topics. */
final class TopicCheck implements WorkCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each call is in one window of this size. */
    private static final Duration SMALLEST = Duration.ofMinutes(1);

    private final CompetitorSite site;
    private final Candidate candidate;
    private final OutputCheck output;
    private final Map<Integer, CallFigures> calls = new HashMap<>();
    private final Map<String, Long> callsByWindow = new HashMap<>();

    TopicCheck(CompetitorSite site, Candidate candidate) {
        this.site = site;
        this.candidate = candidate;
        output = new OutputCheck(site.competitor().label(), site.bootstrapServers(), site.partitions());
    }

    @Override
    public void part(long notifications) {
        if (site.competitor().isCallweave()) {
            output.notifications(candidate.oneForEach(), notifications);
            output.calls(candidate);
            return;
        }
        output.notifications(CompetitorTopics.events(site), notifications);
        output.read(
                CompetitorTopics.calls(site),
                call -> calls.put(LiveTraffic.sessionNumber(call.key()), CallFigures.of(parsed(call.value()))));
        output.read(CompetitorTopics.windows(site), window -> {
            if (window.key().contains("/" + SMALLEST.toMillis() + "/")) {
                callsByWindow.put(
                        window.key(), parsed(window.value()).get("calls").longValue());
            }
        });
    }

    @Override
    public void all(LiveTraffic traffic, Map<Integer, CallFigures> expected) {
        if (site.competitor().isCallweave()) {
            output.allCalls(candidate.expectedCalls(traffic));
            return;
        }
        output.require("calls", traffic.sessions(), calls.size());
        long same = expected.entrySet().stream()
                .filter(call -> call.getValue().equals(calls.get(call.getKey())))
                .count();
        output.require("calls like those of the DSL", traffic.sessions(), same);
        if (site.competitor().kind() == Competitor.Kind.FLINK) {
            output.require(
                    "calls in its windows",
                    traffic.sessions(),
                    callsByWindow.values().stream().mapToLong(Long::longValue).sum());
        }
    }

    private static JsonNode parsed(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new LocalException("A record of a subject is not JSON.", e);
        }
    }

    @Override
    public void close() {
        output.close();
    }
}
