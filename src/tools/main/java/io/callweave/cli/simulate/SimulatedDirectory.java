package io.callweave.cli.simulate;

import io.callweave.directory.DirectoryEntry;
import io.callweave.simulation.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The extensions of simulated contact centres, as the directory describes them. Its users have names of people, while
 * notifications call them "Agent 1019", so that one can see where a name comes from.
 */
public final class SimulatedDirectory {

    private static final List<String> PEOPLE = List.of(
            "Dana", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jana", "Kim", "Lea", "Max", "Nia", "Oli", "Pam", "Quin",
            "Rosa", "Sam", "Tara", "Uri", "Vera", "Wim", "Xenia", "Yann", "Zoe", "Alba", "Ben", "Cleo");

    private static final int LETTERS = 26;

    private SimulatedDirectory() {}

    public static List<DirectoryEntry> of(Traffic traffic) {
        List<DirectoryEntry> entries = new ArrayList<>();
        Map<String, Integer> users = new HashMap<>();
        traffic.extensions().forEach(listed -> {
            String account = listed.extension().account().id();
            boolean isUser = listed.type().equals(DirectoryEntry.USER);
            entries.add(new DirectoryEntry(
                    account,
                    listed.extension().id(),
                    isUser
                            ? person(users.merge(account, 1, Integer::sum) - 1)
                            : listed.extension().name(),
                    listed.type(),
                    null,
                    listed.department(),
                    null));
        });
        return entries;
    }

    /** Each user of an account has another name: Dana, Eli … and then Dana B., Eli B. */
    private static String person(int number) {
        String name = PEOPLE.get(number % PEOPLE.size());
        int round = number / PEOPLE.size();
        if (round == 0) {
            return name;
        }
        return round < LETTERS ? name + " " + (char) ('A' + round) + "." : name + " " + round;
    }
}
