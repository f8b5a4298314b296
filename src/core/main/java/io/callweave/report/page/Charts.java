package io.callweave.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.metrics.Count;
import io.callweave.metrics.WindowAggregate;
import io.callweave.report.CallReport;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/** The data of the charts, as the script of the page takes it. */
final class Charts {

    /** More bars than that cannot be told apart, so hours of the day are shown instead. */
    private static final int MOST_HOURS = 48;

    private static final int HOURS_OF_DAY = 24;
    private static final double PERCENT = 1000;

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_HOUR = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    /** Colours have one meaning each: report.css has them by these names. */
    private static final Map<String, List<Count>> OUTCOMES = new LinkedHashMap<>();

    static {
        OUTCOMES.put("Answered", List.of(Count.ANSWERED));
        OUTCOMES.put("Voicemail", List.of(Count.VOICEMAIL));
        OUTCOMES.put("Abandoned calls", List.of(Count.ABANDONED));
        OUTCOMES.put("Missed", List.of(Count.MISSED));
        OUTCOMES.put("Unanswered", List.of(Count.UNANSWERED));
        OUTCOMES.put("Fax", List.of(Count.FAX));
    }

    private final CallReport report;
    private final ReportWords words;

    Charts(CallReport report, ReportWords words) {
        this.report = report;
        this.words = words;
    }

    /** Whether hours of several days are put together. */
    boolean byHourOfDay() {
        SortedMap<Long, WindowAggregate> hours = report.volumes().hours();
        return !hours.isEmpty() && steps(hours).size() > MOST_HOURS;
    }

    String json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        SortedMap<Long, WindowAggregate> hours = report.volumes().hours();
        if (!hours.isEmpty()) {
            all.set("hours", byHourOfDay() ? hoursOfDay(hours) : bars(labelled(hours), 1));
        }
        SortedMap<Long, WindowAggregate> days = report.volumes().days();
        if (days.size() > 1) {
            Map<String, List<WindowAggregate>> labelled = new LinkedHashMap<>();
            days.forEach((day, figures) -> labelled.put(DAY.format(words.at(day)), List.of(figures)));
            all.set("days", bars(labelled, 1));
        }
        SortedMap<Long, WindowAggregate> queueHours = report.queues().hours();
        if (!queueHours.isEmpty()) {
            all.set("level", level(byHourOfDay() ? ofDay(queueHours) : labelled(queueHours)));
        }
        return Html.json(all.toString());
    }

    private ObjectNode hoursOfDay(SortedMap<Long, WindowAggregate> hours) {
        return bars(ofDay(hours), Math.max(1, report.volumes().days().size()));
    }

    private Map<String, List<WindowAggregate>> ofDay(SortedMap<Long, WindowAggregate> hours) {
        Map<String, List<WindowAggregate>> labelled = new LinkedHashMap<>();
        for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
            labelled.put(String.format(Locale.ENGLISH, "%02d:00", hour), new ArrayList<>());
        }
        hours.forEach((hour, figures) -> labelled.computeIfAbsent(
                        String.format(Locale.ENGLISH, "%02d:00", words.at(hour).getHour()), key -> new ArrayList<>())
                .add(figures));
        return labelled;
    }

    /** Every hour between the first and the last one of all calls. */
    private Map<String, List<WindowAggregate>> labelled(SortedMap<Long, WindowAggregate> hours) {
        List<Long> steps = steps(report.volumes().hours());
        boolean oneDay = report.volumes().days().size() <= 1;
        Map<String, List<WindowAggregate>> labelled = new LinkedHashMap<>();
        for (long step : steps) {
            ZonedDateTime time = words.at(step);
            String label = (oneDay ? HOUR : DAY_HOUR).format(time);
            WindowAggregate figures = hours.get(step);
            // An hour that the clocks repeat has the label of the one before.
            labelled.computeIfAbsent(label, key -> new ArrayList<>())
                    .addAll(figures == null ? List.of() : List.of(figures));
        }
        return labelled;
    }

    private List<Long> steps(SortedMap<Long, WindowAggregate> hours) {
        List<Long> steps = new ArrayList<>();
        long last = hours.lastKey();
        for (ZonedDateTime at = words.at(hours.firstKey());
                at.toInstant().toEpochMilli() <= last && steps.size() <= MOST_HOURS;
                at = at.plusHours(1)) {
            steps.add(at.toInstant().toEpochMilli());
        }
        return steps;
    }

    private static ObjectNode bars(Map<String, List<WindowAggregate>> labelled, int days) {
        ObjectNode chart = JsonNodeFactory.instance.objectNode();
        labels(chart, labelled);
        ArrayNode series = chart.putArray("series");
        List<WindowAggregate> every =
                labelled.values().stream().flatMap(List::stream).toList();
        OUTCOMES.forEach((name, counts) -> {
            if (sum(every, counts) == 0) {
                return;
            }
            ObjectNode one = series.addObject().put("name", name);
            one.put("colour", name.toLowerCase(Locale.ENGLISH).split(" ", 2)[0]);
            values(one, labelled, all -> round(sum(all, counts) / (double) days));
        });
        return chart;
    }

    private ObjectNode level(Map<String, List<WindowAggregate>> labelled) {
        ObjectNode chart = JsonNodeFactory.instance.objectNode();
        labels(chart, labelled);
        ObjectNode one = chart.putArray("series")
                .addObject()
                .put("name", "Service level")
                .put("colour", "answered");
        values(one, labelled, all -> {
            long counted = sum(all, List.of(Count.COUNTED));
            return counted == 0
                    ? Double.NaN
                    : Math.round(PERCENT * sum(all, List.of(Count.ANSWERED_WITHIN)) / counted) / 10.0;
        });
        Integer goal = report.queues().goal();
        if (goal != null) {
            ObjectNode line = chart.withArray("series")
                    .addObject()
                    .put("name", "Goal")
                    .put("colour", "goal")
                    .put("dashed", true);
            values(line, labelled, all -> goal);
        }
        return chart;
    }

    private static void labels(ObjectNode chart, Map<String, List<WindowAggregate>> labelled) {
        ArrayNode labels = chart.putArray("labels");
        labelled.keySet().forEach(labels::add);
    }

    private static void values(
            ObjectNode series,
            Map<String, List<WindowAggregate>> labelled,
            ToDoubleFunction<List<WindowAggregate>> figure) {
        ArrayNode values = series.putArray("values");
        for (List<WindowAggregate> all : labelled.values()) {
            double value = figure.applyAsDouble(all);
            if (Double.isNaN(value)) {
                values.addNull();
            } else {
                values.add(value);
            }
        }
    }

    private static long sum(List<WindowAggregate> all, List<Count> counts) {
        long sum = 0;
        for (WindowAggregate figures : all) {
            for (Count count : counts) {
                sum += figures.count(count);
            }
        }
        return sum;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
