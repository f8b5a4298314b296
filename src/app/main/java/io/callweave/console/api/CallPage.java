package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.store.CallStore;
import io.callweave.console.view.CallLanes;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.CallSentence;
import io.callweave.console.view.CallSteps;
import io.callweave.console.view.Json;
import io.callweave.console.view.LiveView;
import io.callweave.console.view.NamesIn;
import java.time.Instant;
import java.util.Optional;

/** One call and its picture. */
final class CallPage {

    private final Kept kept;

    CallPage(Kept kept) {
        this.kept = kept;
    }

    /** The answer to one who opens the call. */
    ObjectNode show(AccountScope scope, String account, String call) {
        Optional<CallStore.Found> found = kept.calls().find(scope, account, call);
        if (found.isPresent()) {
            return finished(found.get());
        }
        return live(kept.live()
                .find(scope, account, call)
                .orElseThrow(() -> ApiException.noCall(kept.calls().supersededBy(scope, account, call))));
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
}
