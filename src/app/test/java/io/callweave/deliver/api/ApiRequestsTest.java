package io.callweave.deliver.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.manage.SubscriptionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2026-13-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z"
            })
    void shouldRefuseATimeThatCannotBe(String time) {
        byte[] body = "{\"since\":\"%s\"}".formatted(time).getBytes(UTF_8);

        assertThatThrownBy(() -> ApiRequests.retry(body))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageContaining("since must be a time");
    }
}
