package io.callweave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A call record as one line for people: time, who called whom, what happened, how long, who handed it to whom. */
public final class CallLine {

    private static final int WHO_WIDTH = 40;
    private static final int WHAT_WIDTH = 34;
    private static final long MS = 1_000;
    private static final long S_PER_MINUTE = 60;

    private final JsonNode call;
    private final CallParties parties;
    private final Ink ink;

    private CallLine(JsonNode call, Ink ink) {
        this.call = call;
        this.parties = new CallParties(call.path("parties"));
        this.ink = ink;
    }

    /**
     * Writes it.
     *
     * @param call a call record, as on its topic
     */
    public static String of(JsonNode call, Ink ink) {
        return new CallLine(call, ink).line();
    }

    private String line() {
        List<String> parts = new ArrayList<>();
        parts.add(ink.faint(
                Instant.parse(text("startTime")).truncatedTo(ChronoUnit.SECONDS).toString()));
        parts.add(pad(kind(), 8));
        parts.add(ink.strong(pad(
                CallParties.nameOf(call.path("from")) + " \u2192 " + CallParties.nameOf(call.path("to")), WHO_WIDTH)));
        parts.add(outcome());
        parts.add(times());
        parts.addAll(transfers());
        parts.addAll(marks());
        return String.join("  ", parts).stripTrailing();
    }

    private String kind() {
        if (call.path("internal").asBoolean()) {
            return "internal";
        }
        return text("direction").equals("Inbound") ? "in" : "out";
    }

    private String outcome() {
        if (text("action").equals("Monitoring")) {
            return pad("monitoring", WHAT_WIDTH);
        }
        String result = text("result");
        boolean answered = !call.path("answerTime").isNull();
        String words = pad(answered ? answered() : result.toLowerCase(Locale.ROOT), WHAT_WIDTH);
        boolean lost = List.of("Missed", "Abandoned", "No Answer", "Busy").contains(result);
        return answered ? ink.good(words) : lost ? ink.bad(words) : words;
    }

    private String answered() {
        String after = call.path("timeToAnswerMs").isNull()
                ? ""
                : " after " + seconds(call.path("timeToAnswerMs").asLong());
        return "answered"
                + parties.answering(text("answerTime"))
                        .map(name -> " by " + name)
                        .orElse("") + after;
    }

    private String times() {
        List<String> times = new ArrayList<>();
        addTime(times, "ring", "ringMs");
        addTime(times, "talk", "talkMs");
        addTime(times, "hold", "holdMs");
        addTime(times, "parked", "parkMs");
        String whole = seconds(call.path("durationMs").asLong());
        return times.isEmpty() ? whole : whole + " (" + String.join(", ", times) + ")";
    }

    private void addTime(List<String> times, String name, String field) {
        long ms = call.path(field).asLong();
        if (ms > 0) {
            times.add(name + " " + seconds(ms));
        }
    }

    private List<String> transfers() {
        return StreamSupport.stream(call.path("transfers").spliterator(), false)
                .map(this::transfer)
                .toList();
    }

    private String transfer(JsonNode transfer) {
        Optional<String> to = parties.name(transfer.path("to"));
        String where = to.map(name -> " to " + name).orElse("");
        return switch (transfer.path("kind").asText()) {
            case "blind" -> "transferred" + where;
            case "attended" -> "transferred after a word" + where;
            case "conference" ->
                "in conference" + to.map(name -> " with " + name).orElse("");
            case "park" -> "parked" + to.map(name -> ", fetched by " + name).orElse("");
            case "pickup" -> "picked up" + to.map(name -> " by " + name).orElse("");
            case "flip", "switch" -> "taken to another device";
            default -> transfer.path("kind").asText() + where;
        };
    }

    private List<String> marks() {
        List<String> marks = new ArrayList<>();
        if (text("status").equals("partial")) {
            List<String> reasons = new ArrayList<>();
            call.path("incomplete").forEach(reason -> reasons.add(reason.asText()));
            marks.add(ink.warning("PARTIAL: " + String.join(", ", reasons)));
        }
        if (call.path("revision").asLong() > 1) {
            marks.add(ink.faint("revision " + call.path("revision").asLong()));
        }
        return marks;
    }

    private String text(String field) {
        return call.path(field).asText();
    }

    private static String seconds(long ms) {
        long s = Math.round((double) ms / MS);
        return s < S_PER_MINUTE
                ? s + " s"
                : s / S_PER_MINUTE + ":" + String.format(Locale.ROOT, "%02d", s % S_PER_MINUTE) + " min";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
