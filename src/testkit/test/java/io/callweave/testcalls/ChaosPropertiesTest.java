package io.callweave.testcalls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(CallDomain.class)
class ChaosPropertiesTest {

    @Property(tries = 200)
    void shouldStayInItsSmallPools(@ForAll Chaos chaos) {
        Set<String> accounts =
                chaos.notifications().stream().map(Notification::account).collect(Collectors.toSet());
        Set<String> sessions = chaos.notifications().stream()
                .map(Notification::telephonySessionId)
                .collect(Collectors.toSet());

        assertThat(accounts).hasSizeLessThanOrEqualTo(2);
        assertThat(sessions).hasSizeLessThanOrEqualTo(4);
    }

    @Property(tries = 200)
    void shouldBeReadableAsNotifications(@ForAll Chaos chaos) {
        assertThat(chaos.notifications()).allSatisfy(notification -> {
            JsonNode body = notification.tree().path("body");
            assertThat(body.path("parties")).hasSize(1);
            assertThat(body.path("sequence").asLong()).isEqualTo(notification.sequence());
            assertThat(notification.party().at("/status/code").asText()).isNotEmpty();
        });
    }
}
