package io.callweave.simulation;

import java.util.List;

/** People outside the accounts, with numbers that regulators reserve for fiction. */
final class Outsiders {

    private static final List<String> US_AREAS =
            List.of("202", "303", "312", "404", "415", "512", "617", "702", "813", "917");
    private static final List<String> NAMES = List.of(
            "Ada Brook",
            "Ben Stone",
            "Carla Reyes",
            "Dmitri Sokol",
            "Elif Demir",
            "Femi Ade",
            "Greta Holm",
            "Hugo Silva");

    private Outsiders() {}

    /** The number of a random person. */
    static String number(Dice dice) {
        int kind = dice.upTo(10);
        if (kind < 7) {
            return "+1" + dice.oneOf(US_AREAS) + "55501" + two(dice.upTo(100));
        }
        return kind < 9
                ? "+447700900" + two(dice.upTo(10)).substring(1) + two(dice.upTo(100))
                : "+336399800" + two(dice.upTo(100));
    }

    static String name(Dice dice) {
        return dice.oneOf(NAMES);
    }

    /** The main number of the account with this index. */
    static String mainNumber(int account) {
        return "+1" + US_AREAS.get(account / 100 % US_AREAS.size()) + "55501" + two(account % 100);
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
