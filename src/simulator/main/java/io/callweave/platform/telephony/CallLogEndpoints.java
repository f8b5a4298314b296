package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import io.callweave.platform.telephony.PlatformCallLog.Row;
import io.callweave.simulation.platform.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Call Log with its extract, and Active Calls, of accounts and of extensions. */
public final class CallLogEndpoints {

    private static final String ACCOUNT = "/restapi/v1.0/account/{accountId}";
    private static final String EXTENSION = ACCOUNT + "/extension/{extensionId}";
    private static final int MOST_PER_PAGE = 1000;
    private static final int PER_PAGE = 100;
    private static final int PER_EXTRACT = 250;

    /** For so long, active calls show a call that is over (finding-active-calls.md). */
    private static final Duration ACTIVE_AFTER_END = Duration.ofMinutes(2);

    private static final Duration ONE_DAY = Duration.ofDays(1);
    private static final Duration ONE_HOUR = Duration.ofHours(1);
    private static final List<String> FILTERS = List.of("sessionId", "telephonySessionId", "direction", "type");
    private static final Comparator<Row> BY_CHANGE =
            Comparator.comparing(Row::modified).thenComparing(Row::id);

    private final PlatformCalls history;
    private final PlatformCallLog log;
    private final Map<String, Extract> extracts = new ConcurrentHashMap<>();

    /**
     * How far an extract has got.
     *
     * @param after the last row that was sent, null for none
     * @param count how many records an answer has
     */
    private record Extract(
            String account, Instant since, @Nullable Row after, int count) {

        boolean wants(Row row) {
            return !row.modified().isBefore(since) && (after == null || BY_CHANGE.compare(row, after) > 0);
        }
    }

    public CallLogEndpoints(PlatformCalls history, PlatformCallLog log) {
        this.history = history;
        this.log = log;
    }

    public List<PlatformRoute> routes() {
        List<PlatformRoute> routes = new ArrayList<>();
        for (String of : List.of(ACCOUNT, EXTENSION)) {
            routes.add(route(of + "/call-log", this::callLog));
            routes.add(route(of + "/active-calls", this::activeCalls));
        }
        routes.add(route(ACCOUNT + "/call-log-extract-sync", this::extract));
        return routes;
    }

    private static PlatformRoute route(String path, PlatformRoute.Endpoint endpoint) {
        return new PlatformRoute("GET", path, UsageGroup.HEAVY, PlatformCredentials.READ_CALL_LOG, endpoint);
    }

    /** Tokens of extracts are no longer known. */
    public void forgetSyncTokens() {
        extracts.clear();
    }

    /** All that has changed since a time, the oldest change first, and then since the last answer. */
    private PlatformReply extract(Caller caller, PlatformRequest request, Map<String, String> path) {
        Extract extract;
        if (request.query().getOrDefault("syncType", "FSync").equals("FSync")) {
            extract = new Extract(
                    caller.accountId(),
                    time(request, "dateFrom", history.now().minus(ONE_HOUR)),
                    null,
                    request.number("recordCount", PER_EXTRACT, MOST_PER_PAGE));
        } else {
            extract = extracts.get(request.query().getOrDefault("syncToken", ""));
            if (extract == null || !extract.account().equals(caller.accountId())) {
                throw PlatformError.parameter("syncToken");
            }
        }
        List<Row> changed = rows(caller.accountId()).stream()
                .filter(extract::wants)
                .sorted(BY_CHANGE)
                .toList();
        List<Row> sent = changed.subList(0, Math.min(changed.size(), extract.count()));
        String token = UUID.randomUUID().toString();
        extracts.put(
                token,
                sent.isEmpty()
                        ? extract
                        : new Extract(extract.account(), extract.since(), sent.get(sent.size() - 1), extract.count()));
        ObjectNode reply = PlatformRequest.object().put("uri", request.base() + request.path());
        add(reply, sent, request);
        reply.putObject("syncInfo")
                .put("syncType", extract.after() == null ? "FSync" : "ISync")
                .put("syncToken", token)
                .put("syncTime", WireJson.time(history.now()))
                .put("newerRecordsExist", sent.size() < changed.size());
        return PlatformReply.ok(reply);
    }

    private PlatformReply callLog(Caller caller, PlatformRequest request, Map<String, String> path) {
        Instant to = time(request, "dateTo", Instant.MAX);
        Instant from = time(request, "dateFrom", history.now().minus(ONE_DAY));
        return page(
                caller,
                request,
                path,
                row -> !row.start().isBefore(from) && row.start().isBefore(to));
    }

    private PlatformReply activeCalls(Caller caller, PlatformRequest request, Map<String, String> path) {
        Instant since = history.now().minus(ACTIVE_AFTER_END);
        return page(
                caller,
                request,
                path,
                row -> !row.modified().isBefore(since) || row.text().contains("\"In Progress\""));
    }

    /** What the log shows now of calls that are over, and of those that go on. */
    private List<Row> rows(String account) {
        Instant now = history.now();
        List<Row> rows = log.rows(account, now);
        for (SessionHistory session : history.sessions(account)) {
            Map<String, SessionHistory.Sent> parties = session.parties(now.minus(log.delay(session.id())));
            if (!parties.isEmpty() && !log.isOver(account, session.id(), now)) {
                rows.add(log.running(account, session, parties));
            }
        }
        return rows;
    }

    /** A page of the rows that fit, the newest call first. */
    private PlatformReply page(
            Caller caller, PlatformRequest request, Map<String, String> path, Predicate<Row> wanted) {
        List<Row> rows = new ArrayList<>(rows(caller.accountId()));
        rows.removeIf(row -> !wanted.test(row));
        if (path.containsKey("extensionId") || FILTERS.stream().anyMatch(request.query()::containsKey)) {
            rows.removeIf(row -> !fits(row.json(""), caller, request, path));
        }
        rows.sort(Comparator.comparing(Row::start).thenComparing(Row::id).reversed());
        int perPage = request.number("perPage", PER_PAGE, MOST_PER_PAGE);
        int page = request.number("page", 1, Integer.MAX_VALUE);
        int start = Math.min(rows.size(), (page - 1) * perPage);
        int end = Math.min(rows.size(), start + perPage);
        String uri = request.base() + request.path() + "?perPage=" + perPage + "&page=";
        ObjectNode reply = PlatformRequest.object().put("uri", uri + page);
        add(reply, rows.subList(start, end), request);
        reply.putObject("paging")
                .put("page", page)
                .put("perPage", perPage)
                .put("pageStart", start)
                .put("pageEnd", Math.max(start, end - 1));
        ObjectNode navigation = reply.putObject("navigation");
        navigation.putObject("firstPage").put("uri", uri + 1);
        if (end < rows.size()) {
            navigation.putObject("nextPage").put("uri", uri + (page + 1));
        }
        return PlatformReply.ok(reply);
    }

    private static boolean fits(JsonNode record, Caller caller, PlatformRequest request, Map<String, String> path) {
        String extension = path.get("extensionId");
        if (extension != null && !isOf(record, extension.equals("~") ? caller.extensionId() : extension)) {
            return false;
        }
        return FILTERS.stream().allMatch(field -> {
            String wanted = request.query().get(field);
            return wanted == null || wanted.equals(record.path(field).asText());
        });
    }

    private static boolean isOf(JsonNode record, String extension) {
        for (JsonNode leg : record.path("legs")) {
            if (leg.at("/extension/id").asText().equals(extension)) {
                return true;
            }
        }
        return false;
    }

    private static void add(ObjectNode reply, List<Row> rows, PlatformRequest request) {
        boolean detailed = "Detailed".equals(request.query().get("view"));
        ArrayNode records = reply.putArray("records");
        for (Row row : rows) {
            ObjectNode record = row.json(request.base());
            if (!detailed) {
                record.remove(List.of("legs", "lastModifiedTime"));
            }
            records.add(record);
        }
    }

    private static Instant time(PlatformRequest request, String name, Instant otherwise) {
        String text = request.query().get(name);
        try {
            return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw PlatformError.parameter(name);
        }
    }
}
