package io.callweave.console.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.callweave.words.PartyLane;
import io.callweave.words.Step;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One call and its picture. */
final class CallPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Bytes of a record and the older ones. Those of nearly all calls are far below, and need no turn. */
    static final int LARGE = 256 << 10;

    private final Kept kept;
    private final Turns large;

    /** @param large see {@link CallEvidence#largeTurns} */
    CallPage(Kept kept, Turns large) {
        this.kept = kept;
        this.large = large;
    }

    /** The answer to one who opens the call. */
    byte[] show(AccountScope scope, String account, String call, BooleanSupplier hasLeft) {
        if (!kept.calls().isLarger(scope, account, call, LARGE)) {
            return read(scope, account, call, () -> {});
        }
        return large.takeInParts(
                scope.accounts(),
                hasLeft,
                look -> kept.calls()
                        .counted(
                                scope,
                                time -> read(scope, account, call, () -> {
                                    time.run();
                                    look.run();
                                })));
    }

    private byte[] read(AccountScope scope, String account, String call, Runnable pace) {
        pace.run();
        Optional<CallStore.Found> found = kept.calls().find(scope, account, call);
        if (found.isPresent()) {
            return finished(found.get(), pace);
        }
        return live(kept.live()
                        .find(scope, account, call)
                        .orElseThrow(() -> ApiException.noCall(kept.calls().supersededBy(scope, account, call))))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Written one after the other: all as a tree and as a text would need some times its bytes. */
    private byte[] finished(CallStore.Found found, Runnable pace) {
        ByteArrayBuilder written = new ByteArrayBuilder();
        // Jackson's own encoder would escape what needs four bytes.
        try (JsonGenerator json =
                JSON.createGenerator(new OutputStreamWriter(new PacedStream(written, pace), StandardCharsets.UTF_8))) {
            json.writeStartObject();
            finished(found, pace, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toByteArray();
    }

    private void finished(CallStore.Found found, Runnable pace, JsonGenerator json) throws IOException {
        JsonNode call = Json.parse(found.record());
        pace.run();
        RecordedCall recorded = RecordedCall.of(call);
        CallRecord read = recorded.call();
        CallWords words = CallWords.of(read, kept.names());
        pace.run();
        write(json, "row", CallRow.of(recorded, kept.names()));
        write(json, "call", call);
        json.writeStringField("sentence", words.sentence());
        List<Step> steps = words.steps();
        write(json, "steps", LaneJson.steps(steps, read.times().startTime()));
        write(json, "journey", LaneJson.texts(Step.journey(steps, read.times().startTime())));
        write(json, "names", NamesIn.of(read.accountId(), NamesIn.extensions(read), kept.names()));
        long end = read.times().endTime();
        json.writeArrayFieldStart("revisions");
        for (CallStore.Revision each : found.revisions()) {
            ObjectNode revision = JsonNodeFactory.instance.objectNode();
            revision.put("epoch", each.epoch()).put("revision", each.revision());
            revision.put("emittedAt", Instant.ofEpochMilli(each.emittedAt()).toString());
            revision.put("afterEndMs", each.emittedAt() - end);
            byte[] record = each.record();
            revision.set("call", record == null ? null : Json.parse(record));
            json.writeTree(revision);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("lanes");
        for (PartyLane lane : words.lanes()) {
            json.writeTree(LaneJson.lane(lane));
        }
        json.writeEndArray();
        write(json, "arrows", LaneJson.arrows(words.arrows()));
    }

    private static void write(JsonGenerator json, String field, JsonNode value) throws IOException {
        json.writeFieldName(field);
        json.writeTree(value);
    }

    /** Runs something at each part of some kilobytes. */
    private static final class PacedStream extends FilterOutputStream {

        private final Runnable pace;

        private PacedStream(OutputStream out, Runnable pace) {
            super(out);
            this.pace = pace;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            pace.run();
            out.write(bytes, from, length);
        }
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
