package io.callweave.simulation;

import io.callweave.simulation.platform.QueueForm;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many calls use each form of queue, relative to each other: {@code members=60,answered=40}.
 *
 * @param shares any whole numbers; a form that is left out never occurs
 */
public record QueueMix(Map<QueueForm, Integer> shares) {

    /** Mostly as in the samples of whole flows, with some of every form. */
    public static final QueueMix DEFAULT = new QueueMix(Map.of(
            QueueForm.MEMBERS, 40,
            QueueForm.SETUP, 12,
            QueueForm.UNMARKED, 8,
            QueueForm.PROCEEDING, 8,
            QueueForm.ANSWERED, 14,
            QueueForm.ANSWERED_UNMARKED, 10,
            QueueForm.REDIRECTING, 8));

    private static final Pattern PART = Pattern.compile("([a-z-]+)=(\\d{1,4})");
    private static final String WORDS =
            Arrays.stream(QueueForm.values()).map(QueueForm::word).collect(Collectors.joining(", "));

    public QueueMix {
        // In the order of the forms, so that the same mix makes the same choices.
        shares = new EnumMap<>(shares);
        if (shares.values().stream().mapToInt(Integer::intValue).sum() < 1) {
            throw new IllegalArgumentException("At least one form of queues needs a share of more than 0.");
        }
    }

    /**
     * Parses a mix as on the command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static QueueMix parse(String text) {
        Map<QueueForm, Integer> shares = new EnumMap<>(QueueForm.class);
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            QueueForm form = matcher.matches() ? form(matcher.group(1)) : null;
            if (form == null) {
                throw new IllegalArgumentException(
                        "\"" + part + "\" is not FORM=SHARE, such as answered=40. The forms are " + WORDS + ".");
            }
            shares.put(form, Integer.parseInt(matcher.group(2)));
        }
        return new QueueMix(shares);
    }

    private static @Nullable QueueForm form(String word) {
        return Arrays.stream(QueueForm.values())
                .filter(form -> form.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    QueueForm one(Dice dice) {
        int left =
                dice.upTo(shares.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<QueueForm, Integer> share : shares.entrySet()) {
            left -= share.getValue();
            if (left < 0) {
                return share.getKey();
            }
        }
        throw new IllegalStateException("The shares do not add up");
    }
}
