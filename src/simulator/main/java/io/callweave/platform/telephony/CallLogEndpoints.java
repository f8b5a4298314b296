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
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Call Log and Active Calls, of accounts and of extensions: 15 to 30 seconds late. */
public final class CallLogEndpoints {

    private static final String ACCOUNT = "/restapi/v1.0/account/{accountId}";
    private static final String EXTENSION = ACCOUNT + "/extension/{extensionId}";
    private static final int MOST_PER_PAGE = 1000;
    private static final int PER_PAGE = 100;

    /** For so long, active calls show a call that is over (finding-active-calls.md). */
    private static final Duration ACTIVE_AFTER_END = Duration.ofMinutes(2);

    private static final Duration ONE_DAY = Duration.ofDays(1);

    private final PlatformCalls history;

    public CallLogEndpoints(PlatformCalls history) {
        this.history = history;
    }

    public List<PlatformRoute> routes() {
        List<PlatformRoute> routes = new ArrayList<>();
        for (String of : List.of(ACCOUNT, EXTENSION)) {
            routes.add(route(of + "/call-log", this::callLog));
            routes.add(route(of + "/active-calls", this::activeCalls));
        }
        return routes;
    }

    private static PlatformRoute route(String path, PlatformRoute.Endpoint endpoint) {
        return new PlatformRoute("GET", path, UsageGroup.HEAVY, PlatformCredentials.READ_CALL_LOG, endpoint);
    }

    private PlatformReply callLog(Caller caller, PlatformRequest request, Map<String, String> path) {
        Instant to = time(request, "dateTo", Instant.MAX);
        Instant from = time(request, "dateFrom", history.now().minus(ONE_DAY));
        List<ObjectNode> records = records(caller, request, path, history.now(), Duration.ofDays(36_500));
        records.removeIf(one -> isOutside(Instant.parse(one.path("startTime").asText()), from, to));
        return page(request, records);
    }

    private static boolean isOutside(Instant start, Instant from, Instant to) {
        return start.isBefore(from) || !start.isBefore(to);
    }

    private PlatformReply activeCalls(Caller caller, PlatformRequest request, Map<String, String> path) {
        return page(request, records(caller, request, path, history.now(), ACTIVE_AFTER_END));
    }

    /** The newest first. */
    private List<ObjectNode> records(
            Caller caller, PlatformRequest request, Map<String, String> path, Instant now, Duration afterEnd) {
        LogRecords writer = new LogRecords(request.base() + "/restapi/v1.0/account/" + caller.accountId());
        List<ObjectNode> records = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (PlatformCalls.Finished call : history.finished(caller.accountId())) {
            for (JsonNode session : call.truth().path("sessions")) {
                String id = session.path("telephonySessionId").asText();
                Instant known = call.at().plus(PlatformCalls.delay(id));
                if (!known.isAfter(now) && done.add(id) && !known.plus(afterEnd).isBefore(now)) {
                    records.add(writer.finished(call.truth(), session));
                }
            }
        }
        for (SessionHistory session : history.sessions(caller.accountId())) {
            Instant asOf = now.minus(PlatformCalls.delay(session.id()));
            Map<String, SessionHistory.Sent> parties = session.parties(asOf);
            if (!parties.isEmpty() && !done.contains(session.id())) {
                records.add(writer.inProgress(session, parties));
            }
        }
        String extension = path.get("extensionId");
        if (extension != null) {
            String id = extension.equals("~") ? caller.extensionId() : extension;
            records.removeIf(one -> !isOf(one, id));
        }
        String session = request.query().get("sessionId");
        String telephonySession = request.query().get("telephonySessionId");
        records.removeIf(
                one -> (session != null && !session.equals(one.path("sessionId").asText()))
                        || (telephonySession != null
                                && !telephonySession.equals(
                                        one.path("telephonySessionId").asText())));
        if (!"Detailed".equals(request.query().get("view"))) {
            records.forEach(one -> one.remove("legs"));
        }
        records.sort(
                Comparator.comparing((ObjectNode one) -> one.path("startTime").asText())
                        .reversed());
        return records;
    }

    private static boolean isOf(ObjectNode record, String extension) {
        for (JsonNode leg : record.path("legs")) {
            if (leg.at("/extension/id").asText().equals(extension)) {
                return true;
            }
        }
        return false;
    }

    private static PlatformReply page(PlatformRequest request, List<ObjectNode> records) {
        int perPage = request.number("perPage", PER_PAGE, MOST_PER_PAGE);
        int page = request.number("page", 1, Integer.MAX_VALUE);
        int start = Math.min(records.size(), (page - 1) * perPage);
        int end = Math.min(records.size(), start + perPage);
        String uri = request.base() + request.path() + "?perPage=" + perPage + "&page=";
        ObjectNode reply = PlatformRequest.object().put("uri", uri + page);
        ArrayNode shown = reply.putArray("records");
        records.subList(start, end).forEach(shown::add);
        reply.putObject("paging")
                .put("page", page)
                .put("perPage", perPage)
                .put("pageStart", start)
                .put("pageEnd", Math.max(start, end - 1));
        ObjectNode navigation = reply.putObject("navigation");
        navigation.putObject("firstPage").put("uri", uri + 1);
        if (end < records.size()) {
            navigation.putObject("nextPage").put("uri", uri + (page + 1));
        }
        return PlatformReply.ok(reply);
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
