package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.call.record.CallRecord;
import io.callweave.console.feed.Kept;
import io.callweave.console.store.CallStore;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.Json;
import io.callweave.console.view.LaneJson;
import io.callweave.console.view.LiveView;
import io.callweave.console.view.NamesIn;
import io.callweave.record.RecordedCall;
import io.callweave.runtime.http.Turns;
import io.callweave.words.CallWords;
import io.callweave.words.LiveWords;
import java.time.Instant;
import java.util.Optional;

/** One call and its picture. */
final class CallPage {

    /** Bytes of a record and the older ones. Those of nearly all calls are far below, and need no turn. */
    static final int LARGE = 256 << 10;

    private final Kept kept;
    private final Turns turns;

    /** @param turns of all that shows large calls: with all that is made of them, they need some ten times their bytes */
    CallPage(Kept kept, Turns turns) {
        this.kept = kept;
        this.turns = turns;
    }

    /** The answer to one who opens the call. */
    ObjectNode show(AccountScope scope, String account, String call) {
        return kept.calls().isLarger(scope, account, call, LARGE)
                ? turns.take(scope.accounts(), () -> read(scope, account, call))
                : read(scope, account, call);
    }

    private ObjectNode read(AccountScope scope, String account, String call) {
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
        RecordedCall recorded = RecordedCall.of(call);
        CallRecord read = recorded.call();
        CallWords words = CallWords.of(read, kept.names());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.set("row", CallRow.of(recorded, kept.names()));
        page.set("call", call);
        page.put("sentence", words.sentence());
        page.set("steps", LaneJson.steps(words.steps(), read.times().startTime()));
        page.set("journey", LaneJson.texts(words.journey()));
        page.set("names", NamesIn.of(read.accountId(), NamesIn.extensions(read), kept.names()));
        ArrayNode revisions = page.putArray("revisions");
        long end = read.times().endTime();
        found.revisions().forEach(each -> {
            ObjectNode revision = revisions.addObject();
            revision.put("epoch", each.epoch()).put("revision", each.revision());
            revision.put("emittedAt", Instant.ofEpochMilli(each.emittedAt()).toString());
            revision.put("afterEndMs", each.emittedAt() - end);
            byte[] record = each.record();
            revision.set("call", record == null ? null : Json.parse(record));
        });
        page.set("lanes", LaneJson.lanes(words.lanes()));
        page.set("arrows", LaneJson.arrows(words.arrows()));
        return page;
    }

    private ObjectNode live(LiveView live) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putNull("row");
        page.putNull("call");
        page.set("live", live.json());
        page.put("sentence", live.sentence());
        LiveWords words = LiveWords.of(live.call(), kept.names());
        page.set("steps", LaneJson.steps(words.steps(), live.call().startTime()));
        page.set("journey", LaneJson.texts(words.journey()));
        page.set("names", live.json().path("names"));
        page.putArray("revisions");
        page.set("lanes", LaneJson.lanes(words.lanes()));
        page.putArray("arrows");
        return page;
    }
}
