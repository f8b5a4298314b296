package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.value.Timestamps;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each emitted record: why it was emitted then, why it is partial, and what it changed. */
final class RecordsSection {

    /** It is in the title, and always changes. */
    private static final String REVISION = "revision";

    private static final List<String> TOLD = List.of("action", "direction", "result", "durationMs", "talkMs");

    private final CallHistory history;
    private final Labels labels;
    private final Values values;
    private final WhyThen whyThen;
    private final Gaps gaps;
    private final Page page;
    private final long now;
    private final Runnable pace;

    RecordsSection(
            CallHistory history,
            Labels labels,
            Values values,
            WhyThen whyThen,
            Gaps gaps,
            Page page,
            long now,
            Runnable pace) {
        this.pace = pace;
        this.now = now;
        this.history = history;
        this.labels = labels;
        this.values = values;
        this.whyThen = whyThen;
        this.gaps = gaps;
        this.page = page;
    }

    void write() {
        Map<String, Emitted> lastOfId = new HashMap<>();
        Emitted lastCall = null;
        long notKept = history.emitted().stream().filter(each -> !each.isKept()).count();
        for (Emitted each : history.emitted()) {
            pace.run();
            if (page.isFull()) {
                return;
            }
            if (!each.isKept()) {
                notShown(notKept);
                notKept = 0;
                continue;
            }
            String callId = each.emission().callId();
            Emitted.Content content = each.content();
            title(each, content.call());
            whyThen.tell(each, content, 2);
            if (!each.isSuperseded()) {
                whyPartial(each, content.call());
            }
            Emitted sameId = lastOfId.get(callId);
            changes(
                    sameId == null && lastCall != null && shareASession(lastCall, each) ? lastCall : sameId,
                    each,
                    content.json());
            lastOfId.put(callId, each);
            lastCall = each.isSuperseded() ? lastCall : each;
        }
    }

    /** Otherwise, the record before belonged to another call, which became part of this one later. */
    private static boolean shareASession(Emitted one, Emitted other) {
        return !Collections.disjoint(one.sessions(), other.sessions());
    }

    private void notShown(long number) {
        if (number > 0) {
            page.heading("RECORDS THAT ARE NOT SHOWN");
            page.line(
                    2,
                    "Here, %s %s left out. Of the records of a call, the first 8 MiB are shown, and the last one."
                            .formatted(Words.count(number, "record"), number == 1 ? "is" : "are"));
        }
    }

    private void title(Emitted each, CallRecord call) {
        page.heading("%s OF %s: %s, %s"
                .formatted(
                        (each.isAhead(now) ? "EXPECTED REVISION " : "REVISION ")
                                + each.emission().revision(),
                        labels.text("callId", each.emission().callId()),
                        call.state().word(),
                        each.emission().reason().wireName()));
        page.line(
                2,
                each.isAhead(now)
                        ? "It would be emitted at "
                                + Timestamps.iso(each.emission().time()) + " if nothing more were received until then."
                        : "It was emitted at " + Timestamps.iso(each.emission().time()) + ".");
    }

    private void whyPartial(Emitted each, CallRecord call) {
        List<String> why = gaps.whyPartial(each, call);
        if (!why.isEmpty()) {
            page.line(2, each.isAhead(now) ? "Why it would be partial:" : "Why partial:");
            why.forEach(reason -> page.item(4, reason));
        }
    }

    private void changes(@Nullable Emitted before, Emitted after, JsonNode json) {
        if (before == null) {
            page.line(2, (after.isAhead(now) ? "It would be" : "It is") + " the first record of the call:");
            for (String field : TOLD) {
                page.line(4, field + ": " + values.of(field, json.path(field)));
            }
            page.line(4, "journey:");
            values.words(json).journey().forEach(step -> page.line(6, step));
            return;
        }
        List<JsonDiff.Change> changes = JsonDiff.between(before.json(), json).stream()
                .filter(change -> !REVISION.equals(change.path().get(0).field()))
                .toList();
        page.line(
                2,
                "What it changed against " + labels.emission(before.emission()) + ": "
                        + (changes.isEmpty() ? "nothing" : Words.count(changes.size(), "field")) + ".");
        changes.forEach(this::change);
    }

    private void change(JsonDiff.Change change) {
        String field = "";
        StringBuilder path = new StringBuilder();
        for (JsonDiff.Step step : change.path()) {
            if (step.field() != null) {
                field = step.field();
                path.append(path.isEmpty() ? "" : ".").append(field);
            } else {
                path.append('[').append(element(step)).append(']');
            }
        }
        String before = values.of(field, change.before());
        String after = values.of(field, change.after());
        if (path.length() + before.length() + after.length() + 12 <= Page.WIDTH) {
            page.line(4, path + ": " + before + " -> " + after);
        } else {
            page.line(4, path + ":");
            page.paragraph(6, 11, "from " + before);
            page.paragraph(6, 11, "to   " + after);
        }
    }

    /** A party, its leg or a session by its label, others by their position. */
    private String element(JsonDiff.Step step) {
        JsonNode session = step.element().path("telephonySessionId");
        JsonNode id = step.element().path("partyId");
        if (session.isTextual() && id.isTextual() && labels.knowsParty(session.asText(), id.asText())) {
            return labels.party(session.asText(), id.asText());
        }
        return session.isTextual() && id.isMissingNode() && labels.sessions().containsKey(session.asText())
                ? labels.session(session.asText())
                : Integer.toString(step.index());
    }
}
