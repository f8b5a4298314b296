package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link AnyBytesTest} checks that it agrees with the reader. */
class NotificationKeyerTest {

    private static final String OWN_ACCOUNT = "\"/restapi/v1.0/account/~/telephony/sessions\"";
    private static final long TIMESTAMP = 1_592_874_344_013L;

    private final NotificationKeyer keyer = new NotificationKeyer();

    @Test
    void shouldFindSessionAccountAndTimestamp() {
        RoutingResult keying = keyer.key(notification().bytes());

        assertThat(keying).isEqualTo(new RoutingResult.Keyed("s-a", "1", TIMESTAMP));
    }

    @Test
    void shouldFindTheAccountOfTheFirstPartyThatHasOne() {
        byte[] value = notification()
                .envelope("event", OWN_ACCOUNT)
                .parties("7", "{\"accountId\":3,\"accountId\":\"\"}", "{\"accountId\":\"4\"}", "{\"accountId\":\"5\"}")
                .bytes();

        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Keyed("s-a", "4", TIMESTAMP));
    }

    @Test
    void shouldDropTheAccountsOfPartiesThatALaterMemberReplaces() {
        String json = notification().envelope("event", OWN_ACCOUNT).json();

        RoutingResult keying = keyer.key(utf8(json.replace("\"origin\":", "\"parties\":[{}],\"origin\":")));

        assertThat(keying).isEqualTo(new RoutingResult.Keyed("s-a", null, TIMESTAMP));
    }

    @Test
    void shouldKeyNotificationsWithoutAccountAndThoseThatOnlyTheReaderRejects() {
        byte[] value = notification()
                .envelope("event", OWN_ACCOUNT)
                .body("parties", "[]")
                .body("sequence", "\"x\"")
                .bytes();

        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Keyed("s-a", null, TIMESTAMP));
    }

    @Test
    void shouldSkipOtherEvents() {
        byte[] value = notification()
                .envelope("event", "\"/restapi/v1.0/account/1/presence\"")
                .bytes();

        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Skipped(OtherEvent.PRESENCE, "1", TIMESTAMP));
    }

    @Test
    void shouldSayWhyThereIsNoKey() {
        byte[] good = notification().bytes();

        RoutingResult tooLarge = new NotificationKeyer(good.length - 1).key(good);
        RoutingResult notJson = keyer.key(utf8(notification().json() + "]"));
        RoutingResult notAnObject = keyer.key(utf8("[" + notification().json() + "]"));
        RoutingResult noSession =
                keyer.key(notification().body("telephonySessionId", ABSENT).bytes());

        assertThat(tooLarge).extracting(NotificationKeyerTest::reason).isEqualTo(RejectReason.TOO_LARGE);
        assertThat(notJson).extracting(NotificationKeyerTest::reason).isEqualTo(RejectReason.NOT_JSON);
        assertThat(notAnObject).extracting(NotificationKeyerTest::reason).isEqualTo(RejectReason.NOT_AN_OBJECT);
        assertThat(noSession).isEqualTo(new RoutingResult.Unkeyed(Rejection.noTelephonySessionId(), "1", TIMESTAMP));
    }

    private static RejectReason reason(RoutingResult keying) {
        return ((RoutingResult.Unkeyed) keying).rejection().reason();
    }
}
