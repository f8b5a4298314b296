package io.callweave.simulation;

import java.util.List;

/** Names of people. Each user of an account has another one: Dana, Eli … and then Dana B., Eli B. */
final class People {

    private static final List<String> FIRST_NAMES = List.of(
            "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jana", "Kim", "Lea", "Max", "Nia", "Oli", "Pam", "Quin",
            "Rosa", "Sam", "Tara", "Uri", "Vera", "Wim", "Xenia", "Yann", "Zoe", "Alba", "Ben", "Cleo");

    private static final int LETTERS = 26;

    private People() {}

    /** The name of the user with this number, from 0. */
    static String name(int number) {
        String name = FIRST_NAMES.get(number % FIRST_NAMES.size());
        int round = number / FIRST_NAMES.size();
        if (round == 0) {
            return name;
        }
        return round < LETTERS ? name + " " + (char) ('A' + round) + "." : name + " " + round;
    }
}
