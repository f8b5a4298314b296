package io.callweave.value;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a field: one sentence or more, and all that its readers may rely on besides its type.
 *
 * @param keywords texts, numbers and lists of texts
 * @param original the field that it is said of first, if another one means the same
 */
public record Meaning(
        Map<Keyword, Object> keywords, @Nullable Original original) {

    /** A field of another value. */
    public record Original(ValueType<?> type, Field<?> field) {}

    public Meaning {
        keywords = Collections.unmodifiableMap(new EnumMap<>(keywords));
    }

    public static Meaning says(String sentences) {
        return new Meaning(Map.of(Keyword.DESCRIPTION, sentences), null);
    }

    /** What is said of a field of another value, which this one has too. */
    public static Meaning sameAs(ValueType<?> type, String field) {
        Field<?> original = type.field(field);
        return new Meaning(original.meaning().keywords(), new Original(type, original));
    }

    public String sentences() {
        return String.valueOf(keywords.get(Keyword.DESCRIPTION));
    }

    /** No other words will come. */
    public Meaning oneOf(String... words) {
        return with(Keyword.ENUM, List.of(words));
    }

    /** Other words may come. */
    public Meaning known(String... words) {
        return with(Keyword.KNOWN_VALUES, List.of(words));
    }

    public Meaning examples(String... words) {
        return with(Keyword.EXAMPLES, List.of(words));
    }

    public Meaning pattern(String regex) {
        return with(Keyword.PATTERN, regex);
    }

    public Meaning atMost(long maximum) {
        return with(Keyword.MAXIMUM, maximum);
    }

    public Meaning analytics(String figure) {
        return with(Keyword.BUSINESS_ANALYTICS, figure);
    }

    /** Where the documentation says more: a page of {@code docs}, perhaps with a heading. */
    public Meaning see(String page) {
        return with(Keyword.SEE, page);
    }

    private Meaning with(Keyword keyword, Object value) {
        Map<Keyword, Object> more = new EnumMap<>(keywords);
        more.put(keyword, value);
        return new Meaning(more, original);
    }
}
