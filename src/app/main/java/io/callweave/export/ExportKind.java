package io.callweave.export;

import io.callweave.record.TopicValues;
import io.callweave.topics.Topic;
import io.callweave.value.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be exported: the values of one topic. */
public enum ExportKind {
    CALLS(Topic.CALLS, "startTime"),
    /** One row for each party of a call. */
    ROWS(Topic.PARTY_METRICS, "startTime"),
    WINDOWS(Topic.WINDOW_METRICS, "windowStart"),
    EVENTS(Topic.PARTY_EVENTS, "eventTime");

    private final Topic topic;
    private final String timeField;

    ExportKind(Topic topic, String timeField) {
        this.topic = topic;
        this.timeField = timeField;
    }

    /** Nothing if there is no such kind. */
    public static Optional<ExportKind> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** All of them, as they are written on the command line. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ExportKind::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Topic topic() {
        return topic;
    }

    /** The field that decides whether a value is in the period. */
    public String timeField() {
        return timeField;
    }

    public ValueType<?> type() {
        return TopicValues.ofTopic(topic.suffix()).orElseThrow();
    }

    /** Whether only the last value of each key counts; of party events, each one does. */
    public boolean isTable() {
        return topic.isTable();
    }
}
