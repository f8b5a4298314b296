package io.callweave.runtime;

import java.util.Set;

/** Shows the names of Kafka's metrics that the product chose to tests of other packages. */
public final class KafkaMetricNames {

    private KafkaMetricNames() {}

    public static Set<String> chosen() {
        return Meters.CHOSEN;
    }
}
