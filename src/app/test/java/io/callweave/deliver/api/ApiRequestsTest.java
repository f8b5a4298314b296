package io.callweave.deliver.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.manage.RetryChoice;
import io.callweave.deliver.manage.SubscriptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRequestsTest {

    @Test
    void shouldReadFromWhenUntilWhen() {
        byte[] body = "{\"since\":\"1970-01-01T00:00:01Z\",\"until\":\"1970-01-01T00:00:02Z\"}".getBytes(UTF_8);

        assertThat(ApiRequests.retry(body).choice()).isEqualTo(new RetryChoice(null, null, 1_000, 2_000));
    }

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
