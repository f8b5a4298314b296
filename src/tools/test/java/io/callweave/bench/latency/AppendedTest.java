package io.callweave.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AppendedTest {

    private final Appended appended = new Appended();

    @Test
    void shouldKnowEachNotificationUntilItsFirstEventIsRead() {
        appended.append("a", 2, 100);
        appended.append("a", 4, 200);
        appended.append("b", 2, 300);

        assertThat(appended.read("a", 4)).isEqualTo(new Appended.Due(200, false));
        assertThat(appended.read("a", 4)).isNull();
        assertThat(appended.read("b", 4)).isNull();
        assertThat(appended.unread()).isEqualTo(2);
    }

    @Test
    void shouldKnowWhichNotificationFollowsALostOneOfItsSession() {
        appended.lose("a");
        appended.append("b", 2, 100);
        appended.append("a", 4, 200);
        appended.append("a", 6, 300);

        assertThat(appended.read("b", 2)).isEqualTo(new Appended.Due(100, false));
        assertThat(appended.read("a", 4)).isEqualTo(new Appended.Due(200, true));
        assertThat(appended.read("a", 6)).isEqualTo(new Appended.Due(300, false));
    }

    @Test
    void shouldKnowTheLastNotificationOfTheSessionsOfACall() {
        appended.append("a", 2, 100);
        appended.append("b", 2, 300);
        appended.append("a", 4, 200);

        assertThat(appended.lastOf(List.of("a", "b", "unknown"))).isEqualTo(300);
        assertThat(appended.lastOf(List.of("a"))).isEqualTo(200);
        assertThat(appended.lastOf(List.of("unknown"))).isNull();
    }
}
