package io.callweave.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.Step.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way that a call took, as one line for people: "menu Main, queue Sales 12 s, Dana 4 min, blind transfer to 106". It
 * shows where the call was and who talked; who called is not part of it. docs/demo.md says what
 * each word means.
 */
public final class Journey {

    /** More than anybody reads, and than a real call has. */
    private static final int MOST_STEPS = 12;

    /** More names than that say less than their number. */
    private static final int MOST_RUNG = 3;

    private static final Comparator<Step> IN_TIME =
            Comparator.comparing(Step::at).thenComparing(Step::kind);

    private final JsonNode call;
    private final CallNames names;
    private final List<Step> steps = new ArrayList<>();

    /** The parties that a transfer led to. The step of the transfer says how long they talked. */
    private final Set<JsonNode> told = new HashSet<>();

    private Journey(JsonNode call, DirectoryLookup directory) {
        this.call = call;
        this.names = new CallNames(call, directory);
    }

    /**
     * Tells the journey.
     *
     * @param call a record, as on the topic of call records
     * @param directory names of extensions; those that RingCentral sent stand in for what is not there
     * @return not empty
     */
    public static String of(JsonNode call, DirectoryLookup directory) {
        List<String> steps = steps(call, directory);
        return steps.size() <= MOST_STEPS
                ? String.join(", ", steps)
                : String.join(", ", steps.subList(0, MOST_STEPS)) + ", and " + (steps.size() - MOST_STEPS) + " more";
    }

    /** The stations of the journey, in order of time; at least one. */
    public static List<String> steps(JsonNode call, DirectoryLookup directory) {
        Journey journey = new Journey(call, directory);
        journey.tell();
        return journey.steps.stream().sorted(IN_TIME).map(Step::words).toList();
    }

    private void tell() {
        CallNames.stream(call.path("transfers")).forEach(this::transfer);
        CallNames.stream(call.path("queues")).forEach(this::queue);
        parties().filter(names::isMenu).filter(Journey::isCalled).forEach(this::menu);
        names.ringOut().ifPresent(this::ringOut);
        parties().filter(this::talked).filter(party -> !told.contains(party)).forEach(this::person);
        parties().forEach(this::parked);
        parties().forEach(this::recording);
        boolean ended = steps.stream().anyMatch(step -> step.kind() == Kind.RECORDING || step.kind() == Kind.END);
        if (answerTime().isEmpty() && !ended) {
            rung();
            step(text(call, "endTime"), Kind.END, CallWords.unanswered(text(call, "result")));
        } else if (steps.isEmpty()) {
            // The called side was not delivered, or the record was too large for its parties.
            JsonNode called = call.path(text(call, "direction").equals("Inbound") ? "from" : "to");
            step(answerTime(), Kind.PERSON, names.address(called) + length(call.path("talkMs")));
        }
    }

    private void menu(JsonNode party) {
        step(text(party, "startTime"), Kind.MENU, "menu " + names.menu(party));
    }

    private void queue(JsonNode queue) {
        step(text(queue, "enterTime"), Kind.QUEUE, "queue " + names.queue(queue) + length(queue.path("waitMs")));
    }

    private void person(JsonNode party) {
        step(text(party, "answerTime"), Kind.PERSON, names.party(party) + length(party.path("talkMs")));
    }

    /** Of what the caller asked for; that both phones rang alike would read as two missed calls. */
    private void ringOut(RingOut call) {
        JsonNode target = names.find(this.call.path("answeredBy")).orElse(null);
        String length = target == null || !talksOn(target) ? "" : length(target.path("talkMs"));
        step(text(this.call, "startTime"), Kind.RING_OUT, "RingOut to " + call.target() + length);
        if (target != null) {
            told.add(target);
        }
        if (call.own() != null) {
            told.add(call.own());
        }
        if (target == null) {
            parties().filter(Journey::isCalled).forEach(told::add);
            call.unanswered().ifPresent(why -> step(text(this.call, "endTime"), Kind.END, why));
        }
    }

    private void recording(JsonNode party) {
        segments(party, Set.of("Voicemail", "VMScreening"), Kind.RECORDING, "voicemail of " + names.party(party));
        segments(party, Set.of("FaxReceive"), Kind.RECORDING, "fax");
    }

    private void parked(JsonNode party) {
        segments(party, Set.of("Parked"), Kind.PERSON, "parked");
    }

    private void segments(JsonNode party, Set<String> statuses, Kind kind, String words) {
        List<JsonNode> segments = CallNames.stream(party.path("segments"))
                .filter(segment -> statuses.contains(text(segment, "status")))
                .toList();
        if (!segments.isEmpty()) {
            long length = segments.stream()
                    .mapToLong(segment -> segment.path("durationMs").asLong())
                    .sum();
            step(text(segments.get(0), "startTime"), kind, words + " " + Lengths.of(length));
        }
    }

    private void transfer(JsonNode transfer) {
        String kind = text(transfer, "kind");
        JsonNode to = names.find(transfer.path("to")).orElse(null);
        if (kind.equals("conference") && to != null && told.contains(to)) {
            // Each session that came into the conference is one.
            return;
        }
        String who = to == null ? "somebody who was not seen" : names.party(to);
        String words = switch (kind) {
            case "blind" -> "blind transfer to " + who;
            case "attended" -> "attended transfer to " + who;
            case "park", "pickup" -> "picked up by " + who;
            case "flip", "switch" -> "moved to another device";
            default -> kind;
        };
        boolean talk = to != null && talksOn(to) && told.add(to);
        String length = talk && to != null ? length(to.path("talkMs")) : "";
        step(text(transfer, "time"), Kind.TRANSFER, words + length);
    }

    /** If nobody answered, the steps say who was rung. */
    private void rung() {
        List<JsonNode> rung = parties()
                .filter(party -> party.path("ringMs").asLong() > 0)
                .filter(Journey::isCalled)
                .filter(party -> !told.contains(party))
                .toList();
        if (rung.size() > MOST_RUNG) {
            step(text(rung.get(0), "startTime"), Kind.PERSON, "rang " + rung.size() + " parties");
        } else if (steps.stream().noneMatch(step -> step.kind() == Kind.QUEUE)) {
            rung.forEach(party -> step(
                    text(party, "startTime"),
                    Kind.PERSON,
                    "rang " + names.party(party) + length(party.path("ringMs"))));
        }
    }

    private void step(String at, Kind kind, String words) {
        steps.add(new Step(at, kind, words));
    }

    private String answerTime() {
        return text(call, "answerTime");
    }

    private Stream<JsonNode> parties() {
        return CallNames.stream(call.path("parties"))
                .filter(party -> Set.of("participant", "host").contains(text(party, "role")));
    }

    private boolean talked(JsonNode party) {
        return (isCalled(party) || CallNames.tookOver(party)) && talksOn(party) && !names.isMenu(party);
    }

    private static boolean isCalled(JsonNode party) {
        return text(party, "direction").equals("Inbound");
    }

    private static boolean talksOn(JsonNode party) {
        return party.path("talkMs").asLong() > 0;
    }

    private static String length(JsonNode millis) {
        return millis.asLong() > 0 ? " " + Lengths.of(millis.asLong()) : "";
    }

    /** Empty where the record says nothing. */
    private static String text(JsonNode object, String field) {
        String text = CallNames.text(object, field);
        return text == null ? "" : text;
    }
}
