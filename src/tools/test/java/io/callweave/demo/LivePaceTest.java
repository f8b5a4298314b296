package io.callweave.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Real time begins with calls that go on. */
class LivePaceTest {

    private static final Instant OPENED = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant STARTED = OPENED.plus(Duration.ofMinutes(20));

    @Test
    void shouldSendCallsThatGoOnFromTheirBeginningAndLeaveOutThoseThatAreOver() {
        Map<String, List<Notification>> all = new HashMap<>();
        Map<String, Instant> lastOf = new HashMap<>();
        Traffic told = traffic();
        while (told.hasNext()) {
            Traffic.Item item = told.next();
            Notification notification = item.notification();
            if (notification != null) {
                all.computeIfAbsent(notification.telephonySessionId(), unused -> new ArrayList<>())
                        .add(notification);
                lastOf.put(notification.telephonySessionId(), item.time());
            }
        }

        Map<String, List<Notification>> sent = new HashMap<>();
        Set<String> goOn = new HashSet<>();
        Instant last = OPENED;
        for (LivePace pace = new LivePace(traffic(), STARTED); pace.hasNext(); ) {
            Due due = pace.next();
            assertThat(due.at()).isAfterOrEqualTo(last);
            last = due.at();
            String session = due.notification().telephonySessionId();
            sent.computeIfAbsent(session, unused -> new ArrayList<>()).add(due.notification());
            if (due.at().isBefore(STARTED)) {
                goOn.add(session);
            }
        }

        assertThat(goOn).as("calls that go on at the start").hasSizeGreaterThan(10);
        assertThat(sent)
                .as("whole sessions")
                .allSatisfy(
                        (session, notifications) -> assertThat(notifications).isEqualTo(all.get(session)));
        assertThat(lastOf).allSatisfy((session, end) -> {
            if (!end.isBefore(STARTED)) {
                assertThat(sent).containsKey(session);
            }
        });
        assertThat(all.keySet()).as("some were over").hasSizeGreaterThan(sent.size() + 50);
    }

    private static Traffic traffic() {
        return new Traffic(new CentreSize(7, 1, 40, OPENED, Duration.ofMinutes(40), true), DeliveryFaults.NONE);
    }
}
