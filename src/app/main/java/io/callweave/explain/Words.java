package io.callweave.explain;

import io.callweave.call.CallRules;
import io.callweave.call.session.Ranges;
import java.util.ArrayList;
import java.util.List;

/** Small phrases. */
final class Words {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Words() {}

    /** As in settings, such as 30s. */
    static String duration(long millis) {
        if (millis % SECOND != 0) {
            return millis + "ms";
        }
        if (millis % MINUTE != 0 || millis == 0) {
            return millis / SECOND + "s";
        }
        return millis % HOUR == 0 ? millis / HOUR + "h" : millis / MINUTE + "m";
    }

    static String sequences(Ranges ranges) {
        List<String> each = new ArrayList<>();
        ranges.ranges().forEach(range -> each.add(range(range.first(), range.last())));
        boolean one = each.size() == 1 && !each.get(0).contains(" ");
        return (one ? "sequence " : "sequences ") + and(each);
    }

    static String range(long first, long last) {
        return first == last ? Long.toString(first) : first + " to " + last;
    }

    /** An enumeration: a, b and c. */
    static String and(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    /** The setting that makes missing sequences of an account not count. */
    static String gapsIgnoredBy(CallRules rules, String accountId) {
        return rules.gapsCountByAccount().containsKey(accountId)
                ? "completion.sequence-gaps.accounts=" + accountId + "=ignore"
                : "completion.sequence-gaps=ignore";
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
