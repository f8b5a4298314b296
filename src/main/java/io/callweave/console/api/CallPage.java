package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.RawNotifications;
import io.callweave.console.store.CallStore;
import io.callweave.console.view.CallLanes;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.CallSentence;
import io.callweave.console.view.CallSteps;
import io.callweave.console.view.EventReceipts;
import io.callweave.console.view.Json;
import io.callweave.console.view.LiveView;
import io.callweave.console.view.NamesIn;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.local.NotificationLine;
import io.callweave.local.Tally;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call: its picture, its notifications, and why it came out as it did. */
final class CallPage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_NOTIFICATIONS = 2_000;

    private final Kept kept;
    private final RawNotifications notifications;
    private final ServerConfig.Rules rules;

    CallPage(ServerConfig config) {
        kept = config.kept();
        notifications = config.notifications();
        rules = config.rules();
    }

    /** The answer to one who opens the call. */
    ObjectNode show(AccountScope scope, String account, String call) {
        Optional<CallStore.Found> found = kept.calls().find(scope, account, call);
        if (found.isPresent()) {
            return finished(found.get());
        }
        return live(kept.live().find(scope, account, call).orElseThrow(ApiException::noCall));
    }

    private ObjectNode finished(CallStore.Found found) {
        JsonNode call = Json.parse(found.record());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("row", CallRow.of(call, kept.names()));
        page.set("call", call);
        page.put("sentence", CallSentence.of(call, kept.names()));
        page.set("steps", CallSteps.of(call, kept.names()));
        page.set("names", NamesIn.of(call, kept.names()));
        ArrayNode revisions = page.putArray("revisions");
        Long end = Json.time(call, "endTime");
        found.revisions().forEach(each -> {
            ObjectNode revision = revisions.addObject();
            revision.put("epoch", each.epoch()).put("revision", each.revision());
            revision.put("emittedAt", Instant.ofEpochMilli(each.emittedAt()).toString());
            revision.put("afterEndMs", end == null ? null : Long.valueOf(each.emittedAt() - end));
            byte[] record = each.record();
            revision.set("call", record == null ? null : Json.parse(record));
        });
        CallLanes lanes = new CallLanes(call, kept.names());
        page.set("lanes", lanes.lanes());
        page.set("arrows", lanes.arrows());
        return page;
    }

    private ObjectNode live(ObjectNode live) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putNull("row");
        page.putNull("call");
        page.set("live", live);
        page.put("sentence", LiveView.sentence(live));
        page.putArray("steps");
        page.set("names", live.path("names"));
        page.putArray("revisions");
        page.set("lanes", LiveView.lanes(live, kept.names()));
        page.putArray("arrows");
        return page;
    }

    /** The notifications of the call as they were received. */
    ObjectNode notifications(AccountScope scope, String account, String call) {
        List<RawNotifications.Raw> read = read(scope, account, call);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("notifications");
        EventReceipts receipts = new EventReceipts();
        for (RawNotifications.Raw raw : read) {
            ObjectNode one = list.addObject();
            one.put("partition", raw.partition()).put("offset", raw.offset());
            one.put("receivedAt", Instant.ofEpochMilli(raw.receivedAt()).toString());
            JsonNode body = body(raw.value());
            one.set("sequence", body.path("sequence").isNumber() ? body.path("sequence") : null);
            one.put("eventTime", Json.text(body, "eventTime"));
            one.put("telephonySessionId", raw.telephonySessionId());
            one.put("late", receipts.add(raw.telephonySessionId(), body));
            one.put("text", raw.text());
        }
        answer.set("lanes", read.isEmpty() ? null : receipts.mark(lanes(scope, account, call)));
        answer.put("missing", read.isEmpty() ? "The notifications of this call are no longer on the topic." : null);
        return answer;
    }

    private ArrayNode lanes(AccountScope scope, String account, String call) {
        return kept.calls()
                .find(scope, account, call)
                .map(found -> new CallLanes(Json.parse(found.record()), kept.names()).lanes())
                .orElseGet(() -> LiveView.lanes(
                        kept.live().find(scope, account, call).orElseThrow(ApiException::noCall), kept.names()));
    }

    /** In an envelope of a webhook, the facts are in its body. */
    private static JsonNode body(byte[] value) {
        try {
            JsonNode json = JSON.readTree(value);
            return json.path("body").isObject() ? json.path("body") : json;
        } catch (IOException noJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** What {@code explain} says about these notifications. */
    String why(AccountScope scope, String account, String call) {
        List<RawNotifications.Raw> read = read(scope, account, call);
        if (read.isEmpty()) {
            return "The notifications of this call are no longer on the topic.\n";
        }
        List<NotificationLine> lines = new ArrayList<>();
        read.forEach(raw -> lines.add(new NotificationLine(raw.value(), "notification", lines.size() + 1L)));
        RecordedLines recording = RecordedLines.read(
                lines.iterator(), rules.notifications(), new Tally(), new RecordedLines.Listener() {});
        return Explanation.of(recording, account, call, rules.calls(), rules.timing(), rules.limits(), false);
    }

    private List<RawNotifications.Raw> read(AccountScope scope, String account, String call) {
        return notifications.read(
                account, kept.calls().notifications(sessions(scope, account, call), MOST_NOTIFICATIONS));
    }

    private List<String> sessions(AccountScope scope, String account, String call) {
        Optional<CallStore.Found> found = kept.calls().find(scope, account, call);
        if (found.isPresent()) {
            List<String> sessions = new ArrayList<>();
            JsonNode record = Json.parse(found.get().record());
            record.path("sessions")
                    .forEach(
                            each -> sessions.add(each.path("telephonySessionId").asText()));
            return sessions;
        }
        ObjectNode live = kept.live().find(scope, account, call).orElseThrow(ApiException::noCall);
        return Json.stream(live.path("sessions")).map(JsonNode::asText).toList();
    }
}
