package io.callweave.explain;

import com.fasterxml.jackson.databind.JsonNode;
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

    RecordsSection(CallHistory history, Labels labels, Values values, WhyThen whyThen, Gaps gaps, Page page, long now) {
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
        for (Emitted each : history.emitted()) {
            String callId = each.emission().callId();
            title(each);
            whyThen.tell(each, 2);
            if (!each.isSuperseded()) {
                whyPartial(each);
            }
            Emitted sameId = lastOfId.get(callId);
            changes(sameId == null && lastCall != null && shareASession(lastCall, each) ? lastCall : sameId, each);
            lastOfId.put(callId, each);
            lastCall = each.isSuperseded() ? lastCall : each;
        }
    }

    /** Otherwise, the record before belonged to another call, which became part of this one later. */
    private static boolean shareASession(Emitted one, Emitted other) {
        return !Collections.disjoint(one.sessions(), other.sessions());
    }

    private void title(Emitted each) {
        page.heading("%s OF %s: %s, %s"
                .formatted(
                        (each.isAhead(now) ? "EXPECTED REVISION " : "REVISION ")
                                + each.emission().revision(),
                        each.emission().callId(),
                        each.call().state().word(),
                        each.emission().reason().wireName()));
        page.line(
                2,
                each.isAhead(now)
                        ? "It would be emitted at "
                                + Timestamps.iso(each.emission().time()) + " if nothing more were received until then."
                        : "It was emitted at " + Timestamps.iso(each.emission().time()) + ".");
    }

    private void whyPartial(Emitted each) {
        List<String> why = gaps.whyPartial(each);
        if (!why.isEmpty()) {
            page.line(2, each.isAhead(now) ? "Why it would be partial:" : "Why partial:");
            why.forEach(reason -> page.item(4, reason));
        }
    }

    private void changes(@Nullable Emitted before, Emitted after) {
        if (before == null) {
            page.line(2, (after.isAhead(now) ? "It would be" : "It is") + " the first record of the call:");
            for (String field : TOLD) {
                page.line(4, field + ": " + values.of(field, after.json().path(field)));
            }
            page.line(4, "journey:");
            values.words(after.json()).journey().forEach(step -> page.line(6, step));
            return;
        }
        List<JsonDiff.Change> changes = JsonDiff.between(before.json(), after.json()).stream()
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
