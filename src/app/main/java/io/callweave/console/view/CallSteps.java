package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallNames;
import io.callweave.journey.CallWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A finished call as steps in the order of time. */
public final class CallSteps {

    private record Step(long at, String time, int rank, String text) {}

    /** Phones that a queue rings together start within this time. */
    private static final long TOGETHER_MS = 1_000;

    private final JsonNode call;
    private final CallNames names;
    private final CallWords words;
    private final List<Step> steps = new ArrayList<>();

    private CallSteps(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        names = new CallNames(call, directory);
        words = new CallWords(call, directory);
    }

    /**
     * The steps of a record.
     *
     * @param call as on the topic of call records
     */
    public static ArrayNode of(JsonNode call, DirectoryLookup directory) {
        CallSteps told = new CallSteps(call, directory);
        told.tell();
        Long start = Json.time(call, "startTime");
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        told.steps.stream()
                .sorted(Comparator.comparingLong(Step::at).thenComparingInt(Step::rank))
                .forEach(step -> json.addObject()
                        .put("at", step.time)
                        .put("afterMs", start == null ? 0 : step.at - start)
                        .put("text", step.text));
        return json;
    }

    private void tell() {
        step(call, "startTime", 0, words.caller() + " calls " + words.called());
        Json.stream(call.path("queues")).forEach(this::queue);
        parties()
                .filter(names::isMenu)
                .forEach(party -> step(party, "startTime", 1, "The menu " + names.menu(party) + " answers"));
        rings();
        people().forEach(this::person);
        parties().filter(party -> Json.is(party, "endReason", "TakeOver")).forEach(this::takenOver);
        parties().filter(party -> Json.is(party, "role", "queue")).forEach(party -> recording(party, queueOf(party)));
        Json.stream(call.path("transfers")).forEach(this::transfer);
        Json.stream(call.path("links"))
                .filter(link -> Json.is(link, "kind", "supervision"))
                .forEach(link -> step(link, "time", 4, name(link.path("from")) + " listens in"));
        step(call, "endTime", 9, last());
    }

    private void queue(JsonNode queue) {
        String name = names.queue(queue);
        step(queue, "enterTime", 1, "The call enters the queue " + name);
        if (UnansweredEnd.gaveUp(queue, call)) {
            step(
                    queue,
                    "leaveTime",
                    1,
                    name + " gives up after "
                            + SpokenLength.of(queue.path("waitMs").asLong()));
        }
    }

    private String queueOf(JsonNode party) {
        return Json.stream(call.path("queues"))
                .filter(queue -> queue.path("queueExtensionId").equals(party.path("queueExtensionId")))
                .findFirst()
                .map(names::queue)
                .orElseGet(() -> names.party(party));
    }

    /** The end of a call that is partial for another reason than a gap was perhaps not seen. */
    private String last() {
        if (Json.stream(call.path("incomplete"))
                .anyMatch(reason -> !reason.asText().equals("sequenceGap"))) {
            return "This is the last that was seen; the call may have gone on";
        }
        return words.answered() ? "The call ends" : "The call ends: " + end();
    }

    private String end() {
        return switch (CallOutcome.of(call)) {
            case VOICEMAIL -> "voicemail";
            case ABANDONED -> "the caller hung up while waiting" + UnansweredEnd.in(call, names);
            case FAX -> "fax received";
            default -> UnansweredEnd.of(call, names);
        };
    }

    /** Phones of one queue that start to ring together are one step. */
    private void rings() {
        Map<String, List<String>> together = new LinkedHashMap<>();
        Map<String, JsonNode> first = new LinkedHashMap<>();
        people().filter(party -> Json.is(party, "direction", "Inbound")).forEach(party -> {
            JsonNode ringing = segments(party, "Proceeding").findFirst().orElse(null);
            Long at = ringing == null ? null : Json.time(ringing, "startTime");
            if (ringing != null && at != null) {
                String queue = Json.text(party, "queueExtensionId");
                String key = queue + "/" + at / TOGETHER_MS;
                together.computeIfAbsent(key, each -> new ArrayList<>()).add(names.party(party));
                first.putIfAbsent(key, ringing);
            }
        });
        together.forEach((key, rung) -> {
            String queue = Json.stream(call.path("queues"))
                    .filter(each -> key.startsWith(each.path("queueExtensionId").asText() + "/"))
                    .findFirst()
                    .map(names::queue)
                    .orElse(null);
            String who = all(rung.stream().distinct().toList());
            JsonNode ringing = first.get(key);
            if (ringing != null) {
                step(ringing, "startTime", 2, queue == null ? "It rings at " + who : queue + " rings " + who);
            }
        });
    }

    private void person(JsonNode party) {
        String name = names.party(party);
        boolean called = Json.is(party, "direction", "Inbound");
        if (called && Json.text(party, "answerTime") != null) {
            Long rang = Json.millis(party, "ringMs");
            step(party, "answerTime", 3, name + " answers" + (rang == null ? "" : " after " + SpokenLength.of(rang)));
        }
        segments(party, "Hold")
                .forEach(segment ->
                        step(segment, "startTime", 4, name + " puts the call on hold for " + length(segment)));
        segments(party, "Parked")
                .forEach(segment -> step(segment, "startTime", 4, name + " is parked for " + length(segment)));
        recording(party, name);
    }

    private void takenOver(JsonNode party) {
        String by = parties()
                .filter(CallNames::tookOver)
                .findFirst()
                .map(names::party)
                .orElse("somebody who was not seen");
        step(party, "endTime", 5, by + " takes the call over from " + names.party(party));
    }

    private void recording(JsonNode party, String name) {
        segments(party, "Voicemail", "VMScreening")
                .findFirst()
                .ifPresent(segment -> step(segment, "startTime", 4, "The voicemail of " + name + " takes the call"));
        segments(party, "FaxReceive")
                .findFirst()
                .ifPresent(segment -> step(segment, "startTime", 4, "A fax is received"));
    }

    private void transfer(JsonNode transfer) {
        String by = name(transfer.path("by"));
        String to = name(transfer.path("to"));
        String text = switch (transfer.path("kind").asText()) {
            case "blind" -> by + " transfers the call to " + to + " without asking";
            case "attended" -> by + " transfers the call to " + to + " after asking";
            case "conference" -> to + " joins the conference";
            case "park" -> to + " picks up the parked call";
            case "pickup" -> to + " picks up the call for " + by;
            default -> by + " moves the call to another device";
        };
        step(transfer, "time", 5, text);
        if (CallSentence.isMissed(call, transfer, names)) {
            names.find(transfer.path("to")).ifPresent(party -> step(party, "endTime", 6, to + " did not answer"));
        }
    }

    private String name(JsonNode ref) {
        return names.find(ref).map(names::party).orElse("somebody who was not seen");
    }

    private Stream<JsonNode> parties() {
        return Json.stream(call.path("parties"));
    }

    private Stream<JsonNode> people() {
        return parties()
                .filter(party -> Json.is(party, "role", "participant", "host"))
                .filter(party -> !names.isMenu(party));
    }

    private static Stream<JsonNode> segments(JsonNode party, String... statuses) {
        return Json.stream(party.path("segments")).filter(segment -> Json.is(segment, "status", statuses));
    }

    private static String length(JsonNode segment) {
        return SpokenLength.of(segment.path("durationMs").asLong());
    }

    private static String all(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : names.subList(0, last).stream().collect(Collectors.joining(", ")) + " and " + names.get(last);
    }

    private void step(JsonNode where, String field, int rank, String text) {
        Long at = Json.time(where, field);
        @Nullable String time = Json.text(where, field);
        if (at != null && time != null) {
            steps.add(new Step(at, time, rank, text));
        }
    }
}
