package io.callweave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryLookup;
import io.callweave.journey.CallWords;
import io.callweave.journey.Journey;
import io.callweave.journey.Lengths;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Call records as lines of at most {@link #WIDTH} columns: when the call was over, its direction and length, who called, and
 * the way that the call took. A step that finds no room is counted.
 */
public final class CallLine {

    /** Columns of a line. */
    public static final int WIDTH = 100;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

    private static final String ARROW = " \u2192 ";
    private static final String MORE = ", and %d more steps";
    private static final int KIND_WIDTH = 8;
    private static final int LENGTH_WIDTH = 6;
    private static final int MOST_OF_WHO = 40;
    private static final int LEAST_OF_WAY = 20;
    private static final int MOST_OF_MARKS = 40;

    private final JsonNode call;
    private final DirectoryLookup directory;
    private final ZoneId zone;
    private final Ink ink;
    private final CallWords words;

    private CallLine(JsonNode call, DirectoryLookup directory, ZoneId zone, Ink ink) {
        this.call = call;
        this.directory = directory;
        this.zone = zone;
        this.ink = ink;
        this.words = new CallWords(call, directory);
    }

    /**
     * Writes it.
     *
     * @param call a call record, as on its topic
     * @param directory names of extensions
     * @param zone of the time
     */
    public static String of(JsonNode call, DirectoryLookup directory, ZoneId zone, Ink ink) {
        return new CallLine(call, directory, zone, ink).line();
    }

    /** The day on which a call was over. */
    public static LocalDate day(JsonNode call, ZoneId zone) {
        return end(call).atZone(zone).toLocalDate();
    }

    /** What stands above the calls of a day: the date, and the zone of all times below. */
    public static String heading(LocalDate day, ZoneId zone) {
        ZonedDateTime noon = day.atTime(12, 0).atZone(zone);
        String offset = noon.getOffset().getTotalSeconds() == 0
                ? "UTC"
                : "UTC" + noon.getOffset().getId();
        String name = zone.getDisplayName(TextStyle.NARROW, Locale.ENGLISH);
        boolean isOffset = zone.normalized() instanceof ZoneOffset;
        return DATE.format(noon) + ", " + (isOffset ? offset : name + " (" + offset + ")");
    }

    private String line() {
        String start = TIME.format(end(call).atZone(zone));
        String kind = pad(words.direction(), KIND_WIDTH);
        String length = Lengths.of(call.path("durationMs").asLong());
        length = " ".repeat(Math.max(0, LENGTH_WIDTH - length.length())) + length;
        String marks = cut(marks(), MOST_OF_MARKS);
        int room = WIDTH
                - (start + "  " + kind + "  " + length + "  " + ARROW).length()
                - (marks.isEmpty() ? 0 : marks.length() + 2);
        List<String> steps = steps();
        String who = cut(words.caller(), Math.min(MOST_OF_WHO, room - LEAST_OF_WAY));
        String way = way(steps, room - who.length());
        return ink.faint(start) + "  " + kind + "  " + length + "  " + ink.strong(who) + ARROW + outcome(way)
                + (marks.isEmpty() ? "" : "  " + ink.warning(marks));
    }

    private static Instant end(JsonNode call) {
        JsonNode end = call.path("endTime");
        return Instant.parse(end.isTextual() ? end.asText() : text(call, "startTime"));
    }

    private static String way(List<String> steps, int room) {
        String all = String.join(", ", steps);
        for (int shown = steps.size() - 1; shown > 0 && all.length() > room; shown--) {
            all = String.join(", ", steps.subList(0, shown))
                    + MORE.replace("steps", steps.size() - shown == 1 ? "step" : "steps")
                            .formatted(steps.size() - shown);
        }
        return cut(all, room);
    }

    private List<String> steps() {
        if (words.isMonitoring()) {
            return List.of("listened in on " + words.called());
        }
        List<String> steps = new ArrayList<>(Journey.steps(call, directory));
        long hold = call.path("holdMs").asLong();
        if (hold > 0) {
            steps.add("on hold " + Lengths.of(hold));
        }
        return steps;
    }

    private String outcome(String way) {
        if (words.answered()) {
            return ink.good(way);
        }
        return words.lost() ? ink.bad(way) : way;
    }

    /** A call can be shown again: what was known of it then has changed. */
    private String marks() {
        List<String> marks = new ArrayList<>();
        long revision = call.path("revision").asLong();
        if (revision > 1) {
            marks.add("revision " + revision);
        }
        words.missing().ifPresent(missing -> marks.add("partial: " + missing));
        return String.join("; ", marks);
    }

    private static String text(JsonNode call, String field) {
        return call.path(field).asText();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
