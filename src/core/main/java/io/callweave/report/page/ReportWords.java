package io.callweave.report.page;

import io.callweave.report.Cell;
import io.callweave.value.Printable;
import io.callweave.words.Lengths;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them, with their units. */
final class ReportWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM, HH:mm:ss", Locale.ENGLISH);

    private static final int SHOWN_DIGITS = 2;
    private static final int SHORT_NUMBER = 6;
    private static final double PERCENT = 100;

    private final ZoneId zone;
    private final boolean numbersShown;

    /** @param numbersShown whether phone numbers are written in full */
    ReportWords(ZoneId zone, boolean numbersShown) {
        this.zone = zone;
        this.numbersShown = numbersShown;
    }

    /** Plain text, not escaped. */
    String of(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return text.text();
        } else if (cell instanceof Cell.Phone phone) {
            return phone(phone.number());
        } else if (cell instanceof Cell.Whole number) {
            return number(number.value());
        } else if (cell instanceof Cell.Millis millis) {
            return duration(millis.value());
        } else if (cell instanceof Cell.Ratio ratio) {
            return percent(ratio.part(), ratio.whole());
        } else if (cell instanceof Cell.Goal goal) {
            return goal(goal);
        } else if (cell instanceof Cell.Time time) {
            return TIME.format(at(time.value()));
        } else if (cell instanceof Cell.Hour hour) {
            return HOUR.format(at(hour.value()));
        } else if (cell instanceof Cell.Day day) {
            return DAY.format(at(day.value()));
        }
        throw new IllegalArgumentException("Cells of this kind have no words: " + cell);
    }

    /** The number; if it is to be masked, with asterisks for all but the last two digits. Short extensions stay. */
    String phone(String sent) {
        String number = Printable.of(sent);
        long digits = number.chars().filter(Character::isDigit).count();
        if (numbersShown || digits <= SHORT_NUMBER) {
            return number;
        }
        StringBuilder masked = new StringBuilder(number.length());
        long left = digits;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean digit = Character.isDigit(c);
            masked.append(digit && left > SHOWN_DIGITS ? '*' : c);
            left -= digit ? 1 : 0;
        }
        return masked.toString();
    }

    static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    static String percent(long part, long whole) {
        return String.format(Locale.ENGLISH, "%.1f\u00a0%%", PERCENT * part / whole);
    }

    /** The goal, and in words whether it is reached: colours alone do not say it to everybody. */
    static String goal(Cell.Goal goal) {
        String percent = goal.percent() + "\u00a0%";
        return goal.reached() == null ? percent : percent + (goal.reached() ? ", reached" : ", not reached");
    }

    /** The longest wait that is in time; null if queues have several. */
    static String threshold(@Nullable Long millis) {
        return millis == null ? "the threshold of each queue" : duration(millis);
    }

    /** In seconds, with tenths below ten seconds; the rest is dropped. */
    static String duration(long millis) {
        return Lengths.exact(millis).replace(' ', '\u00a0');
    }

    /** The time in the zone of the report. */
    ZonedDateTime at(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }
}
