package io.callweave.explain.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for each text of a call: always the same for the same text, and of the same kind, since a record depends on
 * it. Those of one kind sort like the texts, since a record sorts some by their ids. They are numbered, so that nobody can
 * compute a text back.
 */
final class Pseudonyms {

    private static final Pattern SESSION = Pattern.compile("s-(.+)", Pattern.DOTALL);
    private static final Pattern PARTY = Pattern.compile("p-(.+)-(\\d{1,3})", Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** Nobody has these numbers, but the library of phone numbers says that they are valid. */
    private static final String VALID_NUMBER = "+1201555";

    /** No number of any country begins with this. */
    private static final String INVALID_NUMBER = "+0";

    private static final int LEADS = 9;

    /** RingCentral's own word in the place of a phone number. */
    private static final String CONFERENCE = "conference";

    private final Map<String, String> cores = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /**
     * Chooses them.
     *
     * @param all the texts; an empty one stands for itself
     * @param e164 the normal form of the phone numbers that have one
     */
    Pseudonyms(Collection<String> all, Map<String, String> e164) {
        SortedSet<String> sessions = new TreeSet<>();
        SortedSet<String> digits = new TreeSet<>();
        SortedSet<String> invalid = new TreeSet<>();
        SortedSet<String> others = new TreeSet<>();
        for (String text : all) {
            Matcher session = SESSION.matcher(text);
            Matcher party = PARTY.matcher(text);
            if (session.matches()) {
                sessions.add(session.group(1));
            } else if (party.matches()) {
                sessions.add(party.group(1));
            } else if (DIGITS.matcher(text).matches()) {
                digits.add(text);
            } else if (text.startsWith("+") && !e164.containsKey(text)) {
                invalid.add(text);
            } else if (!e164.containsKey(text)) {
                others.add(text);
            }
        }
        number(sessions, "", cores);
        number(invalid, INVALID_NUMBER, texts);
        number(others, "text-", texts);
        digits(digits, all);
        phoneNumbers(e164);
    }

    String of(String text) {
        if (text.isBlank() || text.equals(CONFERENCE)) {
            return text;
        }
        Matcher session = SESSION.matcher(text);
        if (session.matches()) {
            return "s-" + known(cores, session.group(1));
        }
        Matcher party = PARTY.matcher(text);
        if (party.matches()) {
            return "p-" + known(cores, party.group(1)) + "-" + party.group(2);
        }
        return known(texts, text);
    }

    private static String known(Map<String, String> pseudonyms, String text) {
        String pseudonym = pseudonyms.get(text);
        if (pseudonym == null) {
            throw new IllegalStateException("There is a text that was not collected.");
        }
        return pseudonym;
    }

    private static void number(SortedSet<String> sorted, String prefix, Map<String, String> pseudonyms) {
        int width = Math.max(4, width(sorted.size()));
        int rank = 1;
        for (String text : sorted) {
            pseudonyms.put(text, prefix + padded(rank, width));
            rank++;
        }
    }

    /** As long as they were, where that is long enough; none is the id of somebody else in the call. */
    private void digits(SortedSet<String> sorted, Collection<String> all) {
        int width = width(sorted.size());
        for (int lead = 1; lead <= LEADS; lead++) {
            Map<String, String> chosen = new HashMap<>();
            int rank = 1;
            for (String text : sorted) {
                String number = lead + padded(rank, width);
                chosen.put(text, number + "0".repeat(Math.max(0, text.length() - number.length())));
                rank++;
            }
            texts.putAll(chosen);
            if (chosen.values().stream().noneMatch(all::contains)) {
                return;
            }
        }
    }

    /** Several ways to write one number stay several ways to write one number. */
    private void phoneNumbers(Map<String, String> e164) {
        Map<String, List<String>> spellings = new TreeMap<>();
        new TreeMap<>(e164)
                .forEach((text, normal) -> spellings
                        .computeIfAbsent(normal, added -> new ArrayList<>())
                        .add(text));
        int rank = 0;
        for (Map.Entry<String, List<String>> number : spellings.entrySet()) {
            String pseudonym = VALID_NUMBER + padded(rank, 4);
            int spaced = 2;
            for (String text : number.getValue()) {
                if (text.equals(number.getKey())) {
                    texts.put(text, pseudonym);
                } else {
                    texts.put(text, pseudonym.substring(0, spaced) + " " + pseudonym.substring(spaced));
                    spaced++;
                }
            }
            rank++;
        }
    }

    private static int width(int count) {
        return Integer.toString(count).length();
    }

    private static String padded(int rank, int width) {
        String digits = Integer.toString(rank);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
