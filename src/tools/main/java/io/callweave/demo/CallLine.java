package io.callweave.demo;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryLookup;
import io.callweave.words.CallWords;
import io.callweave.words.Lengths;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Call records as lines of at most {@link #WIDTH} columns: when the call was over, its direction and length, and its sentence
 * as {@link CallWords} tells it, cut where it finds no room.
 */
public final class CallLine {

    /** Columns of a line. */
    public static final int WIDTH = 100;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);

    private static final String ARROW = " \u2192 ";
    private static final int MOST_OF_WHO = 40;
    private static final int LEAST_OF_WAY = 20;
    private static final int MOST_OF_MARKS = 40;

    private CallLine() {}

    /**
     * Writes it.
     *
     * @param directory names of extensions
     * @param zone of the time
     */
    public static String of(CallRecord call, long revision, DirectoryLookup directory, ZoneId zone, Ink ink) {
        CallWords words = CallWords.of(call, directory);
        String start = TIME.format(end(call).atZone(zone));
        String figures = "  %-8s  %7s  "
                .formatted(words.direction(), Lengths.clock(call.times().durationMs()));
        String marks = cut(marks(words, revision), MOST_OF_MARKS);
        int room = WIDTH - (start + figures + ARROW).length() - (marks.isEmpty() ? 0 : marks.length() + 2);
        String who = cut(words.caller(), Math.min(MOST_OF_WHO, room - LEAST_OF_WAY));
        String way = cut(words.to() + ", " + words.happened(), room - who.length());
        String coloured = switch (words.outcome()) {
            case ANSWERED -> ink.good(way);
            case ABANDONED, MISSED -> ink.bad(way);
            default -> way;
        };
        return ink.faint(start)
                + figures
                + ink.strong(who)
                + ARROW
                + coloured
                + (marks.isEmpty() ? "" : "  " + ink.warning(marks));
    }

    /** The day on which a call was over. */
    public static LocalDate day(CallRecord call, ZoneId zone) {
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

    private static Instant end(CallRecord call) {
        return Instant.ofEpochMilli(call.times().endTime());
    }

    /** A call can be shown again: what was known of it then has changed. */
    private static String marks(CallWords words, long revision) {
        return Stream.concat(
                        revision > 1 ? Stream.of("revision " + revision) : Stream.empty(),
                        words.missing().map(missing -> "partial: " + missing).stream())
                .collect(Collectors.joining("; "));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
