package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each notification here also has every fault that is checked later. */
class RejectionOrderTest {

    private static final String NO_ACCOUNT = "\"/restapi/v1.0/account/~/telephony/sessions\"";

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldTellTheFirstFaultInTheDocumentedOrder() {
        assertThat(reason(withBadParties())).isEqualTo(RejectReason.BAD_PARTY);
        assertThat(reason(withBadEventTime())).isEqualTo(RejectReason.BAD_EVENT_TIME);
        assertThat(reason(withBadSequence())).isEqualTo(RejectReason.BAD_SEQUENCE);
        assertThat(reason(withTooManyParties())).isEqualTo(RejectReason.TOO_MANY_PARTIES);
        assertThat(reason(withNoParties())).isEqualTo(RejectReason.NO_PARTIES);
        assertThat(reason(withNoAccount())).isEqualTo(RejectReason.NO_ACCOUNT);
        assertThat(reason(withNoTelephonySession())).isEqualTo(RejectReason.NO_TELEPHONY_SESSION_ID);
        assertThat(reason(utf8("[{\"event\":\"/restapi/v1.0/account/1/presence\"}]")))
                .isEqualTo(RejectReason.NOT_AN_OBJECT);
        assertThat(reason(utf8("[1] x"))).isEqualTo(RejectReason.NOT_JSON);
    }

    @Test
    void shouldSkipAnotherEventBeforeLookingForATelephonySession() {
        byte[] value = withNoTelephonySession()
                .envelope("event", "\"/restapi/v1.0/account/~/presence\"")
                .bytes();

        assertThat(reader.read(value)).isInstanceOf(ParseResult.Skipped.class);
    }

    @Test
    void shouldNotSkipTextThatIsNotJson() {
        assertThat(reason(utf8("{\"event\":\"/restapi/v1.0/account/1/presence\"}}")))
                .isEqualTo(RejectReason.NOT_JSON);
    }

    @Test
    void shouldNotParseInputThatIsTooLarge() {
        byte[] value = new byte[NotificationLimits.DEFAULT.maxBytes() + 1];
        Arrays.fill(value, (byte) 'x');

        assertThat(reason(value)).isEqualTo(RejectReason.TOO_LARGE);
    }

    private static TestNotification withBadParties() {
        return notification().parties("{}");
    }

    private static TestNotification withBadEventTime() {
        return withBadParties().body("eventTime", "\"soon\"");
    }

    private static TestNotification withBadSequence() {
        return withBadEventTime().body("sequence", "\"2\"");
    }

    private static TestNotification withTooManyParties() {
        return withBadSequence().parties("{}" + ",{}".repeat(NotificationLimits.DEFAULT.maxParties()));
    }

    private static TestNotification withNoParties() {
        return withTooManyParties().body("parties", "[]");
    }

    private static TestNotification withNoAccount() {
        return withNoParties().envelope("event", NO_ACCOUNT);
    }

    private static TestNotification withNoTelephonySession() {
        return withNoAccount().body("telephonySessionId", ABSENT);
    }

    private RejectReason reason(TestNotification notification) {
        return reason(notification.bytes());
    }

    private RejectReason reason(byte[] value) {
        return Objects.requireNonNull(reader.read(value).rejection()).reason();
    }
}
