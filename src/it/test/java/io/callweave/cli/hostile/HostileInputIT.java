package io.callweave.cli.hostile;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topology.CallsFold;
import io.callweave.topology.calls.AssembledCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One account sends everything that makes a step long. The calls of the others, in the same partitions, come out as always. */
@Tag("full")
class HostileInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String HOSTILE = "666000001";

    /** Above each of the limits, and no more than that: how much a step does is for StepBudgetTest. */
    private static final int MANY_EVENTS = 3_000;

    private static final int MANY_SESSIONS = 1_000;
    private static final int DUE_AT_ONCE = 3_000;

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldPutTheCallsOfOthersTogetherAmongInputsThatAreMadeToHoldThemUp() throws Exception {
        List<String> good = Delivery.of(IntStream.range(0, 60)
                        .mapToObj(HostileInputIT::transferred)
                        .toList())
                .shuffled(12, Duration.ofSeconds(20))
                .duplicated(0.3)
                .lines();
        String tooManyParties = notification("s-parties", 2, parties("p", 10_000));
        List<String> hostile = hostile();
        hostile.add(hostile.size() / 2, tooManyParties);

        CallsFold calls = run(mixed(good, hostile));

        Map<Boolean, SortedMap<String, String>> records = calls.records().entrySet().stream()
                .collect(Collectors.partitioningBy(
                        each -> each.getKey().startsWith(HOSTILE + "/"),
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new)));
        assertThat(records.get(false))
                .isEqualTo(AssembledCalls.ofLines(
                        good.stream().map(line -> line.getBytes(UTF_8)).toList()));
        assertThat(calls.sessionsCountedTwice()).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("dead-letters.ndjson")))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(JSON.readTree(letter).path("reason").asText()).isEqualTo("tooManyParties");
                    assertThat(JSON.readTree(letter).path("value").asText()).isEqualTo(tooManyParties);
                });
        assertThatTheLimitsHold(records.get(true));
    }

    private static void assertThatTheLimitsHold(Map<String, String> hostile) throws IOException {
        assertThat(hostile.keySet()).noneMatch(key -> key.endsWith("/s-parties"));
        assertThat(hostile.keySet().stream().filter(key -> key.contains("/s-due")))
                .hasSize(DUE_AT_ONCE);
        int sessions = 0;
        for (String json : hostile.values()) {
            JsonNode call = JSON.readTree(json);
            sessions += call.path("sessions").size();
            assertThat(call.path("sessions").size()).isLessThanOrEqualTo(100);
            assertThat(call.path("parties").size()).isLessThanOrEqualTo(1_000);
        }
        assertThat(sessions).isEqualTo(2 + 2 * MANY_SESSIONS + 1 + DUE_AT_ONCE);
        for (String key : List.of("s-endless", "s-spread", "s-hub", "s-chain0")) {
            assertThat(JSON.readTree(hostile.get(HOSTILE + "/" + key)).path("incomplete"))
                    .as(key)
                    .anyMatch(reason -> reason.asText().equals("capped"));
        }
    }

    private static List<String> hostile() {
        List<String> lines = new ArrayList<>();
        // One session that goes on and on.
        lines(MANY_EVENTS, i -> notification("s-endless", 2 + i, party("p-" + i % 4, i % 8 < 4 ? "Answered" : "Hold")))
                .forEach(lines::add);
        lines(MANY_EVENTS / 200, i -> notification("s-spread", 2 + i, parties("p-" + i + "-", 200)))
                .forEach(lines::add);
        // Each session names the next one.
        lines(
                        MANY_SESSIONS,
                        i -> notification("s-chain" + i, 2, gone("p-" + i, "AttendedTransfer", "s-chain" + (i + 1))))
                .forEach(lines::add);
        // All sessions name the same one.
        lines.add(notification("s-hub", 2, party("p-hub", "Answered")));
        lines(MANY_SESSIONS, i -> notification("s-spoke" + i, 2, gone("p-" + i, "Conference", "s-hub")))
                .forEach(lines::add);
        // All are received at one time, and wait for the same.
        lines(DUE_AT_ONCE, i -> notification("s-due" + i, 2, party("p-" + i, "Disconnected")))
                .forEach(lines::add);
        return lines;
    }

    private static Stream<String> lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line);
    }

    private static String notification(String session, int sequence, String parties) {
        return "{\"event\":\"/restapi/v1.0/account/" + HOSTILE + "/telephony/sessions\",\"timestamp\":\"" + START
                + "\",\"body\":{\"telephonySessionId\":\"" + session + "\",\"sequence\":" + sequence
                + ",\"eventTime\":\"" + START + "\",\"parties\":[" + parties + "]}}";
    }

    private static String parties(String prefix, int count) {
        return lines(count, i -> party(prefix + i, "Setup")).collect(Collectors.joining(","));
    }

    private static String party(String id, String status) {
        return "{\"id\":\"" + id + "\",\"extensionId\":\"1\",\"status\":{\"code\":\"" + status + "\"}}";
    }

    /** It has left its call for that of another session. */
    private static String gone(String id, String reason, String peer) {
        return "{\"id\":\"" + id + "\",\"extensionId\":\"1\",\"status\":{\"code\":\"Gone\",\"reason\":\"" + reason
                + "\",\"peerId\":{\"telephonySessionId\":\"" + peer + "\"}}}";
    }

    /** The others evenly among the hostile ones, each in its own order. */
    private static List<String> mixed(List<String> good, List<String> hostile) {
        List<String> mixed = new ArrayList<>();
        int taken = 0;
        for (int i = 0; i < good.size(); i++) {
            int end = (int) ((long) hostile.size() * (i + 1) / good.size());
            mixed.addAll(hostile.subList(taken, end));
            mixed.add(good.get(i));
            taken = end;
        }
        return mixed;
    }

    private CallsFold run(List<String> lines) throws IOException {
        Path file = Files.write(directory.resolve("mixed.ndjson"), lines);
        Path calls = directory.resolve("calls.ndjson");
        int status = Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(
                        "run",
                        "--partitions=2",
                        "--calls=" + calls,
                        "--dead-letters=" + directory.resolve("dead-letters.ndjson"),
                        file.toString());
        assertThat(status).as("%s", err).isEqualTo(ExitStatus.DONE);
        return CallsFold.of(Files.readAllLines(calls));
    }

    private static PhoneCall transferred(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 7), "+15550100006");
        return call().in(account)
                .seeded(number)
                .startingAt(START.plusSeconds(number))
                .inbound("+15550100002")
                .answeredBy("104")
                .attendedTransferTo("106")
                .hangUp();
    }
}
