package io.callweave.topology.windows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.TopologyKit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The windows of final call records and of a directory, put together without the product: each list of values is kept whole and sorted. What
 * counts and is not in a record is looked up in the notifications: queueCall, ringOutRole, and every reason of a party.
 */
public final class ExpectedWindows {

    private static final List<String> OUTCOMES = List.of(
            "answered", "answeredElsewhere", "voicemail", "overflow", "abandoned", "missed", "unanswered", "fax");
    private static final List<String> FIGURES = List.of("ring", "talk", "hold", "handle", "timeToAnswer", "duration");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<String> ASIDE = Set.of("supervisor", "bridge", "queue");
    private static final long THRESHOLD = 20_000;
    private static final double PRECISION = 0.02;

    private final Map<String, PartyEvent> events = new HashMap<>();
    private final Map<String, DirectoryEntry> directory = new HashMap<>();
    private final Map<String, Window> windows = new TreeMap<>();

    private static final class Window {
        private final Map<String, @Nullable String> head = new LinkedHashMap<>();
        private final Map<String, Integer> counts = new HashMap<>();
        private final Map<String, List<Long>> values = new HashMap<>();
        private int within;
        private int served;

        private void count(String name) {
            counts.merge(name, 1, Integer::sum);
        }
    }

    /** What one call is for one scope: of an account, with its visits to queues. */
    private record Entry(
            String outcome,
            Map<String, Long> values,
            @Nullable List<Entry> visits) {

        private Entry(String outcome, Map<String, Long> values) {
            this(outcome, values, null);
        }
    }

    private ExpectedWindows(Iterable<byte[]> notifications, Collection<DirectoryEntry> entries) {
        entries.forEach(entry -> directory.put(entry.accountId() + "/" + entry.extensionId(), entry));
        NotificationReader reader = new NotificationReader();
        for (byte[] notification : notifications) {
            for (PartyEvent event : reader.read(notification).events()) {
                events.merge(
                        event.session() + " " + event.place(),
                        event,
                        (one, other) -> sha256(one.body().text())
                                                .compareTo(sha256(other.body().text()))
                                        >= 0
                                ? one
                                : other);
            }
        }
    }

    /** As an unsigned number. */
    private static BigInteger sha256(String text) {
        try {
            return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Checks what a reader of {@code window-metrics} holds.
     *
     * @param held values by key
     * @param records the final call records
     * @param notifications that they are of; there was no directory
     */
    public static void assertThatAreThese(
            Map<String, String> held, Collection<String> records, Iterable<byte[]> notifications) {
        assertThatAreThese(held, records, notifications, List.of());
    }

    /** The same where the directory said this of extensions all the time. */
    public static void assertThatAreThese(
            Map<String, String> held,
            Collection<String> records,
            Iterable<byte[]> notifications,
            Collection<DirectoryEntry> directory) {
        assertThatAreThese(held, records, notifications, directory, false);
    }

    /**
     * The same.
     *
     * @param ofNumbers whether there are windows of outside numbers, which are off by default
     */
    public static void assertThatAreThese(
            Map<String, String> held,
            Collection<String> records,
            Iterable<byte[]> notifications,
            Collection<DirectoryEntry> directory,
            boolean ofNumbers) {
        ExpectedWindows expected = new ExpectedWindows(notifications, directory);
        records.forEach(call -> expected.add(TopologyKit.tree(call)));
        if (!ofNumbers) {
            expected.windows.keySet().removeIf(key -> key.split("/", 3)[1].equals("number"));
        }
        assertThat(held.keySet()).isEqualTo(expected.windows.keySet());
        expected.windows.forEach((key, window) -> check(key, TopologyKit.tree(held.get(key)), window));
    }

    private void add(JsonNode call) {
        window(call, "account", call.path("accountId").asText(), "PT1H", hour(call), 3_600)
                .count("records");
        if (call.path("action").asText().equals("Monitoring")) {
            return;
        }
        String account = call.path("accountId").asText();
        String outcome = outcome(call);
        Map<String, Long> values = new HashMap<>();
        List.of("ring", "talk", "hold", "timeToAnswer", "duration")
                .forEach(figure -> put(values, figure, call.path(figure + "Ms")));
        Entry whole = new Entry(outcome, values);
        Map<String, List<JsonNode>> byExtension = new TreeMap<>();
        Map<String, List<JsonNode>> byDepartment = new TreeMap<>();
        Map<String, List<JsonNode>> byQueue = new TreeMap<>();
        Set<String> numbers = new TreeSet<>();
        for (JsonNode party : call.path("parties")) {
            String role = party.path("role").asText();
            boolean own = !party.path("extensionId").isNull();
            if (own && !ASIDE.contains(role)) {
                byExtension
                        .computeIfAbsent(party.path("extensionId").asText(), id -> new ArrayList<>())
                        .add(party);
                String department =
                        department(account, party.path("extensionId").asText());
                if (department != null) {
                    byDepartment
                            .computeIfAbsent(department, name -> new ArrayList<>())
                            .add(party);
                }
            }
            if (!party.path("queueExtensionId").isNull()
                    && Set.of("participant", "queue").contains(role)) {
                byQueue.computeIfAbsent(party.path("queueExtensionId").asText(), id -> new ArrayList<>())
                        .add(party);
            }
            String number = party.path(party.path("direction").asText().equals("Outbound") ? "from" : "to")
                    .path("phoneNumber")
                    .asText("");
            if (!own && role.equals("participant") && number.startsWith("+")) {
                numbers.add(number);
            }
        }
        byExtension.forEach((id, parties) -> add(call, "extension", id, ofParties(call, outcome, values, parties)));
        byDepartment.forEach((id, parties) -> add(call, "department", id, ofParties(call, outcome, values, parties)));
        List<Entry> visits = new ArrayList<>();
        byQueue.forEach((id, parties) -> {
            Entry visit = ofQueue(call, id, parties, byQueue, whole);
            visits.add(visit);
            add(call, "queue", id, visit);
        });
        add(call, "account", account, new Entry(outcome, values, visits));
        numbers.forEach(id -> add(call, "number", id, whole));
    }

    private @Nullable String department(String account, String extension) {
        DirectoryEntry known = directory.get(account + "/" + extension);
        return known != null && known.type().equals("user") ? known.department() : null;
    }

    private Entry ofParties(JsonNode call, String outcome, Map<String, Long> values, List<JsonNode> parties) {
        Map<String, Long> own = new HashMap<>(values);
        for (String figure : List.of("ring", "talk", "hold")) {
            own.remove(figure);
            parties.stream()
                    .map(party -> party.path(figure + "Ms"))
                    .filter(value -> !value.isNull())
                    .map(JsonNode::asLong)
                    .reduce(Long::sum)
                    .ifPresent(sum -> own.put(figure, sum));
        }
        own.remove("timeToAnswer");
        parties.stream()
                .filter(party -> !party.path("answerTime").isNull() && isAnswering(call, party))
                .min(Comparator.comparing(party -> time(party, "answerTime")))
                .ifPresent(party -> own.put("timeToAnswer", time(party, "answerTime") - time(party, "startTime")));
        boolean answered = !call.path("answerTime").isNull();
        if (outcome.equals("fax") || !answered) {
            return new Entry(outcome, own);
        }
        boolean here = parties.stream()
                .filter(party -> !party.path("answerTime").isNull())
                .anyMatch(party -> isAnswering(call, party)
                        || isInitiator(call, party)
                        || party.path("direction").asText().equals("Outbound"));
        return new Entry(here ? "answered" : "answeredElsewhere", own);
    }

    /** Worked out of the parties, and not of what the record says of its queues. */
    private Entry ofQueue(
            JsonNode call, String queue, List<JsonNode> own, Map<String, List<JsonNode>> byQueue, Entry whole) {
        long enter =
                own.stream().mapToLong(party -> time(party, "startTime")).min().orElseThrow();
        Map<String, Long> values = new HashMap<>(whole.values());
        values.remove("timeToAnswer");
        OptionalLong answer = own.stream()
                .filter(party -> !party.path("answerTime").isNull() && isAnswering(call, party))
                .mapToLong(party -> time(party, "answerTime"))
                .min();
        answer.ifPresent(time -> values.put("timeToAnswer", Math.max(0, time - enter)));
        String outcome = "abandoned";
        List<JsonNode> last = new ArrayList<>();
        byQueue.values().forEach(last::addAll);
        last.sort(Comparator.comparingLong((JsonNode party) -> time(party, "startTime"))
                .thenComparing(party -> firstSequence(call, party))
                .thenComparing(party -> party.path("partyId").asText()));
        if (!last.get(last.size() - 1).path("queueExtensionId").asText().equals(queue)) {
            outcome = "overflow";
        }
        for (JsonNode party : call.path("parties")) {
            for (JsonNode segment : party.path("segments")) {
                if (segment.path("status").asText().equals("Voicemail") && time(segment, "startTime") >= enter) {
                    outcome = "voicemail";
                }
            }
        }
        for (JsonNode party : call.path("parties")) {
            if (!party.path("answerTime").isNull() && isAnswering(call, party) && time(party, "answerTime") >= enter) {
                outcome = "answeredElsewhere";
            }
        }
        outcome = answer.isPresent() ? "answered" : outcome;
        return new Entry(whole.outcome().equals("fax") ? "fax" : outcome, values);
    }

    private long firstSequence(JsonNode call, JsonNode party) {
        List<PartyEvent> latestFirst = latest(call, party);
        return latestFirst.get(latestFirst.size() - 1).sequence();
    }

    private static long time(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText()).toEpochMilli();
    }

    private void add(JsonNode call, String scope, String id, Entry entry) {
        Instant start = Instant.parse(call.path("startTime").asText());
        Map<String, Instant> starts = Map.of(
                "PT1M", start.truncatedTo(ChronoUnit.MINUTES),
                "PT15M", Instant.ofEpochSecond(Math.floorDiv(start.getEpochSecond(), 900) * 900),
                "PT1H", start.truncatedTo(ChronoUnit.HOURS),
                "P1D", start.truncatedTo(ChronoUnit.DAYS));
        Map<String, Long> seconds = Map.of("PT1M", 60L, "PT15M", 900L, "PT1H", 3_600L, "P1D", 86_400L);
        starts.forEach((size, windowStart) -> {
            count(call, entry, window(call, scope, id, size, windowStart, Objects.requireNonNull(seconds.get(size))));
        });
    }

    private static Instant hour(JsonNode call) {
        return Instant.parse(call.path("startTime").asText()).truncatedTo(ChronoUnit.HOURS);
    }

    private Window window(JsonNode call, String scope, String id, String size, Instant start, long seconds) {
        String account = call.path("accountId").asText();
        String key = String.join("/", account, scope, id, size, TIME.format(start));
        Window window = windows.computeIfAbsent(key, added -> new Window());
        window.head.putAll(Map.of(
                "accountId", account,
                "scope", scope,
                "scopeId", id,
                "window", size,
                "windowStart", TIME.format(start),
                "windowEnd", TIME.format(start.plusSeconds(seconds))));
        DirectoryEntry named = Set.of("extension", "queue").contains(scope) ? directory.get(account + "/" + id) : null;
        window.head.put("scopeName", named == null ? null : named.name());
        return window;
    }

    /**
     * Checks the digests of what a reader of {@code window-metrics} holds.
     *
     * @param held values by key
     * @param calls every value of {@code calls}: of each call that of the greatest epoch, then revision, counts
     */
    public static void assertTheDigests(Map<String, String> held, Collection<String> calls) {
        Map<String, JsonNode> newest = new HashMap<>();
        for (String value : calls) {
            JsonNode call = TopologyKit.tree(value);
            newest.merge(
                    call.path("accountId").asText() + "/" + call.path("callId").asText(),
                    call,
                    (one, other) -> version(one).compareTo(version(other)) > 0 ? one : other);
        }
        Map<String, BigInteger> sums = new TreeMap<>();
        newest.values().stream()
                .filter(call -> !call.path("status").asText().equals("superseded"))
                .forEach(call -> {
                    String account = call.path("accountId").asText();
                    String text = call.path("callId").asText() + "|"
                            + call.path("epoch").asText() + "|"
                            + call.path("revision").asText();
                    sums.merge(
                            String.join("/", account, "account", account, "PT1H", TIME.format(hour(call))),
                            sha256(text).shiftRight(192),
                            BigInteger::add);
                });
        Map<String, String> digests = new TreeMap<>();
        sums.forEach((key, sum) -> digests.put(key, "%016x".formatted(sum.longValue())));
        Map<String, String> said = new TreeMap<>();
        held.forEach((key, value) -> {
            JsonNode digest = TopologyKit.tree(value).path("recordsDigest");
            if (!digest.isNull()) {
                said.put(key, digest.asText());
            }
        });
        assertThat(said).isEqualTo(digests);
    }

    private static BigInteger version(JsonNode call) {
        return BigInteger.valueOf(call.path("epoch").asLong())
                .shiftLeft(64)
                .add(BigInteger.valueOf(call.path("revision").asLong()));
    }

    private void count(JsonNode call, Entry entry, Window window) {
        boolean internal = call.path("internal").asBoolean();
        boolean outbound = call.path("direction").asText().equals("Outbound") && !internal;
        window.count("calls");
        window.count(entry.outcome());
        window.count(internal ? "internal" : outbound ? "outbound" : "inbound");
        if (isTransferred(call)) {
            window.count("transferred");
        }
        if (call.path("status").asText().equals("partial")) {
            window.count("partial");
        }
        Map<String, Long> values = new HashMap<>(entry.values());
        if (entry.outcome().equals("answered")) {
            values.put("handle", values.getOrDefault("talk", 0L) + values.getOrDefault("hold", 0L));
        }
        values.forEach((figure, value) -> window.values
                .computeIfAbsent(figure, added -> new ArrayList<>())
                .add(value));
        if (!outbound) {
            (entry.visits() == null ? List.of(entry) : entry.visits()).forEach(each -> serve(each, window));
        }
    }

    private static void serve(Entry entry, Window window) {
        if (Set.of("answered", "missed", "abandoned").contains(entry.outcome())) {
            window.served++;
            if (entry.outcome().equals("answered")
                    && entry.values().getOrDefault("timeToAnswer", Long.MAX_VALUE) <= THRESHOLD) {
                window.within++;
            }
        }
    }

    private static void put(Map<String, Long> values, String figure, JsonNode value) {
        if (!value.isNull()) {
            values.put(figure, value.asLong());
        }
    }

    private String outcome(JsonNode call) {
        if (call.path("type").asText().equals("Fax")) {
            return "fax";
        }
        if (!call.path("answerTime").isNull()) {
            return "answered";
        }
        for (JsonNode party : call.path("parties")) {
            for (JsonNode segment : party.path("segments")) {
                if (segment.path("status").asText().equals("Voicemail")) {
                    return "voicemail";
                }
            }
        }
        if (call.path("direction").asText().equals("Outbound")
                && !call.path("internal").asBoolean()) {
            return "unanswered";
        }
        for (JsonNode party : call.path("parties")) {
            if (latest(call, party).stream()
                    .anyMatch(event -> Boolean.TRUE.equals(event.facts().queueCall()))) {
                return "abandoned";
            }
        }
        return "missed";
    }

    private static boolean isTransferred(JsonNode call) {
        for (JsonNode transfer : call.path("transfers")) {
            if (Set.of("blind", "attended").contains(transfer.path("kind").asText())) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnswering(JsonNode call, JsonNode party) {
        if (ASIDE.contains(party.path("role").asText())
                || isInitiator(call, party)
                || (party.path("endReason").asText().equals("CallerInputRedirect")
                        && party.path("ringMs").isNull())) {
            return false;
        }
        boolean showsSomebodyCalled = sessionOf(call, party).stream()
                .anyMatch(other -> other.path("direction").asText().equals("Inbound")
                        && !Set.of("supervisor", "bridge")
                                .contains(other.path("role").asText()));
        return party.path("direction").asText().equals("Inbound")
                || latest(call, party).stream()
                        .anyMatch(event -> "TakeOver".equals(event.facts().reason()))
                || (!showsSomebodyCalled && !party.path("extensionId").isNull());
    }

    private static List<JsonNode> sessionOf(JsonNode call, JsonNode party) {
        List<JsonNode> session = new ArrayList<>();
        for (JsonNode other : call.path("parties")) {
            if (other.path("telephonySessionId").equals(party.path("telephonySessionId"))) {
                session.add(other);
            }
        }
        return session;
    }

    private boolean isInitiator(JsonNode call, JsonNode party) {
        List<JsonNode> session = sessionOf(call, party);
        for (JsonNode one : call.path("sessions")) {
            if (one.path("telephonySessionId").equals(party.path("telephonySessionId"))
                    && !one.path("origin").asText().equals("RingOut")) {
                return false;
            }
        }
        Set<String> roles = new HashSet<>();
        session.forEach(other -> roles.add(ringOutRole(call, other)));
        return Set.of("").equals(roles)
                ? party.equals(session.get(0))
                : ringOutRole(call, party).equals("Initiator");
    }

    private String ringOutRole(JsonNode call, JsonNode party) {
        return latest(call, party).stream()
                .map(event -> event.facts().ringOutRole())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** The events of a party, the latest first. */
    private List<PartyEvent> latest(JsonNode call, JsonNode party) {
        List<PartyEvent> own = new ArrayList<>(events.values().stream()
                .filter(event -> event.session()
                                .accountId()
                                .equals(call.path("accountId").asText())
                        && event.session()
                                .telephonySessionId()
                                .equals(party.path("telephonySessionId").asText())
                        && event.partyId().equals(party.path("partyId").asText()))
                .toList());
        own.sort((one, other) -> Long.compare(other.sequence(), one.sequence()));
        return own;
    }

    private static void check(String key, ObjectNode held, Window window) {
        ObjectNode expected = held.objectNode();
        window.head.forEach((name, value) -> expected.put(name, value));
        expected.set("epoch", held.path("epoch"));
        expected.put("records", window.counts.get("records"));
        expected.set("recordsDigest", held.path("recordsDigest"));
        List<String> counts = new ArrayList<>(OUTCOMES);
        counts.addAll(List.of("calls", "transferred", "inbound", "outbound", "internal", "partial"));
        counts.forEach(name -> expected.put(name, window.counts.getOrDefault(name, 0)));
        for (String figure : FIGURES) {
            List<Long> values = new ArrayList<>(window.values.getOrDefault(figure, List.of()));
            Collections.sort(values);
            expected.set(figure, figure(key + " " + figure, values, (ObjectNode) held.path(figure)));
        }
        ObjectNode serviceLevel = expected.putObject("serviceLevel");
        serviceLevel
                .put("thresholdMs", (int) THRESHOLD)
                .put("answeredWithin", window.within)
                .put("counted", window.served);
        if (window.served == 0) {
            serviceLevel.putNull("ratio");
        } else {
            serviceLevel.put(
                    "ratio",
                    BigDecimal.valueOf(window.within)
                            .divide(BigDecimal.valueOf(window.served), 4, RoundingMode.HALF_UP)
                            .doubleValue());
        }
        assertThat(TopologyKit.tree(held.toString())).as(key).isEqualTo(TopologyKit.tree(expected.toString()));
    }

    private static ObjectNode figure(String what, List<Long> sorted, ObjectNode held) {
        ObjectNode expected = held.objectNode();
        long sum = sorted.stream().mapToLong(Long::longValue).sum();
        expected.put("count", sorted.size()).put("sumMs", sum);
        if (sorted.isEmpty()) {
            List.of("avgMs", "maxMs", "p50Ms", "p90Ms", "p95Ms", "p99Ms").forEach(expected::putNull);
            return expected;
        }
        expected.put(
                "avgMs",
                BigDecimal.valueOf(sum)
                        .divide(BigDecimal.valueOf(sorted.size()), 0, RoundingMode.HALF_UP)
                        .longValue());
        expected.put("maxMs", sorted.get(sorted.size() - 1));
        for (int percent : new int[] {50, 90, 95, 99}) {
            String name = "p" + percent + "Ms";
            double exact = sorted.get((int) Math.ceil(percent * sorted.size() / 100.0) - 1);
            assertThat(held.path(name).asDouble())
                    .as(what + " " + name)
                    .isBetween(exact * (1 - PRECISION), exact * (1 + PRECISION));
            expected.set(name, held.path(name));
        }
        return expected;
    }
}
