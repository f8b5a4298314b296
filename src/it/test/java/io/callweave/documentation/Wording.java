package io.callweave.documentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that readers of English as a second language stumble over, each with what to write instead. */
final class Wording {

    private static final Map<String, String> AVOIDED = new LinkedHashMap<>();

    static {
        AVOIDED.put("all the same", "say it plainly, or \"nevertheless\"");
        AVOIDED.put("anew", "again");
        AVOIDED.put("any ?more(?! than)", "\"no longer\"");
        AVOIDED.put("beyond doubt", "certainly");
        AVOIDED.put("comes to(?! mind)", "say what happens: becomes, reaches, costs");
        AVOIDED.put("correct(?:ed|ions?)", "revised, a revision; of a window: emitted again");
        AVOIDED.put("for ?ever", "without end, never ends");
        AVOIDED.put("for good", "permanently, unlimited");
        AVOIDED.put("(?:give|gives|gave|given|giving) out", "emit");
        AVOIDED.put("(?:is|are|be|was|were) told(?! apart)", "who tells whom: \"says\", \"names\", \"gets\"");
        AVOIDED.put("(?:hence|thus|thereby|therein|thereof|whereby|wherein|whereupon)", "so, by this, in it");
        AVOIDED.put("in vain", "without success");
        AVOIDED.put("lest", "so that … not");
        AVOIDED.put("likewise", "also, in the same way");
        AVOIDED.put("no more(?! than)", "no longer");
        AVOIDED.put("of whom", "which of them");
        AVOIDED.put("once too often", "too often");
        AVOIDED.put("so that [^.]{1,60} is that", "a sentence of its own");
        AVOIDED.put("turns? (?:us|it|them) away", "refuses");
        AVOIDED.put("what ?ever becomes of", "in any case");
        AVOIDED.put("what else", "the rest, everything else");
        AVOIDED.put("where nothing is", "if there is no …");
        AVOIDED.put("whoever", "the person or program that");
        AVOIDED.put("whose", "of which, with, that has");
    }

    /** A phrase can go over a line of a comment or a literal. */
    private static final String GAP = "(?:[\\\\s*]|//|\"\\\\s*\\\\+\\\\s*\")+";

    private static final Pattern PATTERN = Pattern.compile(
            "\\b(?:"
                    + String.join("|", AVOIDED.keySet()).replace(" ?", "(?: )?").replaceAll(" ", GAP) + ")\\b",
            Pattern.CASE_INSENSITIVE);

    /**
     * What to change.
     *
     * @param line the number of the line in which the words begin, from 1
     */
    record Fault(String file, int line, String words, String instead) {

        @Override
        public String toString() {
            return file + ":" + line + ": \"" + words + "\"; instead: " + instead;
        }
    }

    private Wording() {}

    static List<Fault> faults(String file, String text) {
        List<Fault> faults = new ArrayList<>();
        Matcher found = PATTERN.matcher(text);
        while (found.find()) {
            int line = 1
                    + (int) text.substring(0, found.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            String words = found.group().replaceAll("[\\s*/\"+]+", " ");
            faults.add(new Fault(file, line, words, instead(found.toMatchResult())));
        }
        return faults;
    }

    private static String instead(MatchResult found) {
        String words = found.group().replaceAll("[\\s*/\"+]+", " ").toLowerCase(Locale.ROOT);
        return AVOIDED.entrySet().stream()
                .filter(each -> words.matches(each.getKey().replaceAll("\\(\\?![^)]*\\)", "")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other words");
    }
}
