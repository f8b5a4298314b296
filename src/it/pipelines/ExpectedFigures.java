import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of docs/figures.md, of call records, one a line, computed without SQL: what the views must have. Days are those of UTC. */
public final class ExpectedFigures {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExpectedFigures() {}

    /** The argument is a file of call records, as assemble prints them. */
    public static void main(String[] arguments) throws Exception {
        List<JsonNode> calls = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode call = JSON.readTree(line);
            if (!text(call, "action").equals("Monitoring")) {
                calls.add(call);
            }
        }
        agents(calls);
        queues(calls);
        byDay(calls);
        repeats(calls);
    }

    private static final class Agent {
        private int rung;
        private int answered;
        private int taken;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private final List<long[]> busy = new ArrayList<>();
    }

    private static void agents(List<JsonNode> calls) {
        Map<String, Agent> agents = new TreeMap<>();
        for (JsonNode call : calls) {
            Map<String, String> results = new HashMap<>();
            call.path("legs").forEach(leg -> results.put(text(leg, "telephonySessionId") + text(leg, "partyId"), text(leg, "result")));
            for (JsonNode party : call.path("parties")) {
                String role = text(party, "role");
                if (party.path("extensionId").isNull() || !role.equals("participant") && !role.equals("host")) {
                    continue;
                }
                Agent agent = agents.computeIfAbsent(day(call) + "," + text(party, "extensionId"), added -> new Agent());
                if (text(party, "direction").equals("Inbound") && !party.path("ringMs").isNull()) {
                    agent.rung++;
                    if (!party.path("answerTime").isNull()) {
                        agent.answered++;
                    } else if ("Answered Elsewhere".equals(results.get(text(party, "telephonySessionId") + text(party, "partyId")))) {
                        agent.taken++;
                    }
                }
                Instant start = Instant.parse(text(party, "startTime"));
                agent.first = start.isBefore(agent.first) ? start : agent.first;
                if (!party.path("endTime").isNull()) {
                    Instant end = Instant.parse(text(party, "endTime"));
                    agent.last = end.isAfter(agent.last) ? end : agent.last;
                }
                for (JsonNode segment : party.path("segments")) {
                    if (List.of("Answered", "Hold").contains(text(segment, "status"))) {
                        agent.busy.add(new long[] {
                            Instant.parse(text(segment, "startTime")).toEpochMilli(),
                            Instant.parse(text(segment, "endTime")).toEpochMilli()
                        });
                    }
                }
            }
        }
        agents.forEach((key, agent) -> {
            agent.busy.sort(Comparator.comparingLong(range -> range[0]));
            long busy = 0;
            long reached = Long.MIN_VALUE;
            for (long[] range : agent.busy) {
                busy += Math.max(0, range[1] - Math.max(range[0], reached));
                reached = Math.max(reached, range[1]);
            }
            long present = agent.last.equals(Instant.MIN) ? 0 : Duration.between(agent.first, agent.last).toMillis();
            String occupancy = present == 0 ? "" : ratio(busy, present, 4);
            System.out.println("agent," + key + "," + agent.rung + "," + agent.answered + "," + agent.taken + ","
                    + (agent.rung - agent.answered - agent.taken) + "," + busy + "," + occupancy);
        });
    }

    private static void queues(List<JsonNode> calls) {
        Map<String, List<Long>> waits = new TreeMap<>();
        Map<String, List<Long>> answered = new TreeMap<>();
        Map<String, List<Long>> all = new TreeMap<>();
        for (JsonNode call : calls) {
            for (JsonNode visit : call.path("queues")) {
                String queue = day(call) + "," + text(visit, "queueExtensionId");
                long wait = visit.path("waitMs").asLong();
                waits.computeIfAbsent(queue, added -> new ArrayList<>()).add(wait);
                all.computeIfAbsent(text(call, "accountId"), added -> new ArrayList<>()).add(wait);
                if (text(visit, "outcome").equals("answered") && !text(call, "type").equals("Fax")) {
                    answered.computeIfAbsent(queue, added -> new ArrayList<>()).add(wait);
                }
            }
        }
        waits.forEach((queue, list) -> {
            list.sort(null);
            List<Long> speeds = answered.getOrDefault(queue, List.of());
            String speed = speeds.isEmpty() ? "" : ratio(speeds.stream().mapToLong(Long::longValue).sum(), speeds.size(), 0);
            System.out.println("queue," + queue + "," + nearestRank(list, 50) + "," + nearestRank(list, 90) + ","
                    + list.get(list.size() - 1) + "," + speed);
        });
        all.forEach((account, list) -> {
            list.sort(Comparator.reverseOrder());
            for (long wait : list) {
                int place = list.indexOf(wait) + 1;
                if (place <= 10) {
                    System.out.println("wait," + account + "," + place + "," + wait);
                }
            }
        });
    }

    private static void byDay(List<JsonNode> calls) {
        Map<String, int[]> transfers = new TreeMap<>();
        Map<String, int[]> quality = new TreeMap<>();
        for (JsonNode call : calls) {
            int blind = 0;
            int attended = 0;
            for (JsonNode transfer : call.path("transfers")) {
                blind += text(transfer, "kind").equals("blind") ? 1 : 0;
                attended += text(transfer, "kind").equals("attended") ? 1 : 0;
            }
            int both = blind + attended;
            add(transfers, day(call), 1, both > 0 ? 1 : 0, both > 1 ? 1 : 0, blind, attended);
            List<String> reasons = new ArrayList<>();
            call.path("incomplete").forEach(reason -> reasons.add(reason.asText()));
            int partial = text(call, "status").equals("partial") ? 1 : 0;
            add(
                    quality,
                    day(call),
                    1,
                    1 - partial,
                    partial,
                    reasons.contains("sequenceGap") ? 1 : 0,
                    reasons.contains("missingSession") ? 1 : 0,
                    reasons.contains("noFinalStatus") ? 1 : 0);
        }
        print("transfers", transfers);
        print("quality", quality);
    }

    private static void repeats(List<JsonNode> calls) {
        for (JsonNode call : calls) {
            String number = text(call.path("from"), "phoneNumber");
            Instant start = Instant.parse(text(call, "startTime"));
            boolean repeated = calls.stream()
                    .filter(other -> text(other, "accountId").equals(text(call, "accountId")))
                    .filter(other -> text(other.path("from"), "phoneNumber").equals(number))
                    .map(other -> Instant.parse(text(other, "startTime")))
                    .anyMatch(other -> other.isBefore(start) && !other.isBefore(start.minus(Duration.ofMinutes(60))));
            if (number.startsWith("+") && text(call, "direction").equals("Inbound") && repeated) {
                System.out.println("repeat," + text(call, "accountId") + "," + text(call, "callId"));
            }
        }
    }

    private static void add(Map<String, int[]> sums, String key, int... values) {
        int[] sum = sums.computeIfAbsent(key, added -> new int[values.length]);
        for (int place = 0; place < values.length; place++) {
            sum[place] += values[place];
        }
    }

    private static void print(String name, Map<String, int[]> sums) {
        sums.forEach((key, sum) -> {
            StringBuilder line = new StringBuilder(name).append(',').append(key);
            for (int value : sum) {
                line.append(',').append(value);
            }
            System.out.println(line);
        });
    }

    private static long nearestRank(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static String ratio(long part, long whole, int scale) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), scale, RoundingMode.HALF_UP).toPlainString();
    }

    private static String day(JsonNode call) {
        return text(call, "accountId") + "," + text(call, "startTime").substring(0, 10);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
