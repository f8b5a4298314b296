package io.callweave.notification;

import static io.callweave.notification.TestNotification.ABSENT;
import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactKind;
import io.callweave.notification.json.KeptText;
import java.util.Objects;
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
        assertThat(noSession).isEqualTo(new RoutingResult.Unkeyed(Rejection.ofSession(null), "1", TIMESTAMP));
    }

    /** The key would repeat it, and make the record larger than its topic takes. */
    @Test
    void shouldTakeNoLongIdForAKey() {
        String longest = "s".repeat(KeptText.MOST);
        byte[] kept = session(longest);
        byte[] tooLong = session(longest + "s");
        byte[] insights = utf8("""
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"sourceSessionId":"%ss"}}""".formatted(longest));

        assertThat(keyer.key(kept)).isEqualTo(new RoutingResult.Keyed(longest, "1", TIMESTAMP));
        assertThat(keyer.key(tooLong))
                .isEqualTo(new RoutingResult.Unkeyed(
                        Objects.requireNonNull(
                                new NotificationReader().read(tooLong).rejection()),
                        "1",
                        TIMESTAMP));
        assertThat(keyer.key(insights)).isEqualTo(new RoutingResult.OfFact(FactKind.INSIGHTS, null, "1", null));
    }

    /** U+0000 is escaped, since JSON has no control characters, and PostgreSQL cannot hold it. */
    @Test
    void shouldReadTheSameIdFromANulAsTheReader() {
        byte[] value = session("s-\\u0000x");

        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Keyed("s-\uFFFDx", "1", TIMESTAMP));
        assertThat(new NotificationReader().read(value).events().get(0).session())
                .isEqualTo(new SessionKey("1", "s-\uFFFDx"));
    }

    private static byte[] session(String id) {
        return notification().body("telephonySessionId", "\"" + id + "\"").bytes();
    }

    private static RejectReason reason(RoutingResult keying) {
        return ((RoutingResult.Unkeyed) keying).rejection().reason();
    }
}
