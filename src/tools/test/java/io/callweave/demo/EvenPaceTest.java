package io.callweave.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvenPaceTest {

    private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration INTERVAL = Duration.ofMillis(1_500);

    @Test
    void shouldLetOneCallEndInEachInterval() {
        Map<String, Long> ends = new HashMap<>();
        Traffic told = traffic();
        List<String> order = new ArrayList<>();
        while (told.hasNext()) {
            Traffic.Item item = told.next();
            if (item.notification() != null && !item.told().isEmpty()) {
                order.add(name(item.notification().bytes()));
            }
        }
        EvenPace pace = new EvenPace(traffic(), STARTED, OPENED, INTERVAL);
        Instant last = STARTED;
        while (pace.hasNext()) {
            Due due = pace.next();
            assertThat(due.at()).isAfterOrEqualTo(last);
            last = due.at();
            ends.put(
                    name(due.notification().bytes()),
                    Duration.between(STARTED, due.at()).toMillis());
        }

        assertThat(order).hasSizeGreaterThan(50);
        for (int call = 0; call < order.size(); call++) {
            assertThat(ends).containsEntry(order.get(call), (call + 1) * INTERVAL.toMillis());
        }
    }

    private static Traffic traffic() {
        return new Traffic(new CentreSize(7, 1, 40, OPENED, Duration.ofMinutes(10), true), DeliveryFaults.NONE);
    }

    private static String name(byte[] notification) {
        return new String(notification, java.nio.charset.StandardCharsets.UTF_8);
    }
}
