package io.callweave.meter;

import java.util.List;

/**
 * What a metric is called and what it says, for its registration and for the documentation.
 *
 * @param meterName with dots, as Micrometer has it
 * @param meaning one sentence
 * @param tags their names
 */
public record Meter(String meterName, Type type, String meaning, List<String> tags) {

    /** What kind of number it is. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    public static Meter counter(String meterName, String meaning, String... tags) {
        return new Meter(meterName, Type.COUNTER, meaning, List.of(tags));
    }

    public static Meter gauge(String meterName, String meaning, String... tags) {
        return new Meter(meterName, Type.GAUGE, meaning, List.of(tags));
    }

    public static Meter timer(String meterName, String meaning, String... tags) {
        return new Meter(meterName, Type.TIMER, meaning, List.of(tags));
    }

    /** One of a list of metrics. */
    public interface Described {

        Meter meter();

        default String meterName() {
            return meter().meterName();
        }

        /** Its name in Prometheus, by Micrometer's rule. */
        default String prometheusName() {
            String name = meterName().replace('.', '_');
            return switch (type()) {
                case COUNTER -> name + "_total";
                case GAUGE -> name;
                case TIMER -> name + "_seconds";
            };
        }

        default Type type() {
            return meter().type();
        }

        default String meaning() {
            return meter().meaning();
        }

        default List<String> tags() {
            return meter().tags();
        }
    }
}
