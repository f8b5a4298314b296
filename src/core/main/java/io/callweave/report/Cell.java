package io.callweave.report;

import org.jspecify.annotations.Nullable;

/** A value of a table, with its kind, so that page and CSV can each write it in their way. */
public sealed interface Cell {

    Cell NONE = new Text("");

    /** A word or name, as it came from the data. */
    record Text(String text) implements Cell {}

    /** A phone number, as it came from the data. */
    record Phone(String number) implements Cell {}

    record Whole(long value) implements Cell {}

    /** A duration. */
    record Millis(long value) implements Cell {}

    /** A share. The whole is not 0. */
    record Ratio(long part, long whole) implements Cell {}

    /** A point in time, in milliseconds since the epoch. */
    record Time(long value) implements Cell {}

    /** The start of an hour, in milliseconds since the epoch. */
    record Hour(long value) implements Cell {}

    /** The start of a day, in milliseconds since the epoch. */
    record Day(long value) implements Cell {}

    static Cell text(@Nullable String text) {
        return text == null ? NONE : new Text(text);
    }

    static Cell number(long value) {
        return new Whole(value);
    }

    static Cell millis(long value) {
        return new Millis(value);
    }

    static Cell millisOrNone(@Nullable Long value) {
        return value == null ? NONE : new Millis(value);
    }

    /** Nothing if the whole is 0. */
    static Cell ratio(long part, long whole) {
        return whole == 0 ? NONE : new Ratio(part, whole);
    }
}
