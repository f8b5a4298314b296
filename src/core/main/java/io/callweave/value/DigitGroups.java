package io.callweave.value;

/** How people write a long number: in groups of digits. */
public final class DigitGroups {

    /** One character between two digits, as a part of a regular expression: a blank, a bracket, a hyphen, a dot or a slash. */
    public static final String BETWEEN = "[\\h\\p{Ps}\\p{Pe}\\p{Pd}\\u00ad\\u2212./]";

    private DigitGroups() {}
}
