package io.callweave.bench.competitors.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.delivery.DeliveryFaults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyTrafficTest {

    private final FaultyTraffic feed = new FaultyTraffic(100, 18);

    @Test
    void shouldRepeatNotificationsMinutesLater() {
        List<String> clean = new ArrayList<>();
        List<String> repeated = new ArrayList<>();
        List<Long> times = new ArrayList<>();

        List<TrueCall> truths = feed.send(DeliveryFaults.NONE, 0, (session, one, time) -> clean.add(text(one)));
        List<TrueCall> same = feed.send(DeliveryFaults.NONE, 1, (session, one, time) -> {
            repeated.add(text(one));
            times.add(time);
        });

        assertThat(same).isEqualTo(truths).isNotEmpty();
        assertThat(repeated).hasSize(2 * clean.size());
        assertThat(new HashSet<>(repeated)).isEqualTo(new HashSet<>(clean));
        assertThat(times).isSorted();
    }

    private static String text(byte[] notification) {
        return new String(notification, StandardCharsets.UTF_8);
    }
}
