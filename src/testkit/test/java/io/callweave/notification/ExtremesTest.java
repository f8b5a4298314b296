package io.callweave.notification;

import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that Jackson rejects or accepts by default, and input that breaks a simple reader. */
class ExtremesTest {

    private static final int LEVELS_ABOVE_A_PARTYS_MEMBERS = 4;
    private static final Rejection TOO_DEEP = new Rejection(
            RejectReason.NOT_JSON,
            "The JSON has more than 1000 levels, a number of more than 1000 digits, or a name of more than 50000 bytes.");

    private final NotificationReader reader = new NotificationReader();
    private final NotificationKeyer keyer = new NotificationKeyer();

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"a\":%s}"})
    void shouldReadAThousandLevels(String level) {
        PartyEvent event = onSmallStack(nested(level, 1000)).events().get(0);

        assertThat(event.body().partyText()).contains(nest(level, 1000 - LEVELS_ABOVE_A_PARTYS_MEMBERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"a\":%s}"})
    void shouldRejectOneLevelMore(String level) {
        byte[] value = nested(level, 1001);

        assertThat(onSmallStack(value).rejection()).isEqualTo(TOO_DEEP);
        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Unkeyed(TOO_DEEP, null, null));
    }

    @Test
    void shouldRejectTooManyLevelsInIgnoredMembers() {
        byte[] value = utf8("[".repeat(500_000) + "]".repeat(500_000));

        assertThat(onSmallStack(value).rejection()).isEqualTo(TOO_DEEP);
        assertThat(keyer.key(value)).isEqualTo(new RoutingResult.Unkeyed(TOO_DEEP, null, null));
    }

    @Test
    void shouldReadLongTexts() {
        String text = "x".repeat(300_000);
        byte[] value = notification().partyWith("\"t\":\"" + text + "\"").bytes();

        PartyEvent event = reader.read(value).events().get(0);

        assertThat(event.body().text()).contains(text);
        assertThat(keyer.key(value)).isInstanceOf(RoutingResult.Keyed.class);
    }

    @Test
    void shouldReadManyMembersInAnyOrder() {
        StringBuilder members = new StringBuilder("\"x\":1");
        for (int i = 60_000; i > 0; i--) {
            members.append(",\"n").append(i).append("\":").append(i);
        }

        ParseResult reading =
                reader.read(notification().partyWith(members.toString()).bytes());

        assertThat(reading.rejection()).isNull();
        assertThat(reading.events().get(0).body().text()).contains(",\"n60000\":60000,\"n59999\":59999,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C080", "EDA080", "EDB080", "F4908080", "E282", "80", "FF"})
    void shouldRejectMalformedUtf8InIgnoredMembers(String hex) {
        byte[] value = notification().envelope("ignored", "\"....\"").bytes();
        int at = new String(value, StandardCharsets.ISO_8859_1).indexOf("....");
        byte[] malformed = HexFormat.of().parseHex(hex);
        System.arraycopy(malformed, 0, value, at, malformed.length);

        ParseResult reading = reader.read(value);

        assertThat(reading.rejection())
                .isEqualTo(new Rejection(RejectReason.NOT_JSON, "This is not UTF-8 from byte " + at + " on."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void shouldRejectOtherEncodings(String charset) throws Exception {
        ParseResult reading = reader.read(notification().json().getBytes(charset));

        assertThat(reading.rejection()).extracting(Rejection::reason).isEqualTo(RejectReason.NOT_JSON);
    }

    /**
     * Such names can only be crafted: UTF-8 cannot express them, and Jackson rejects them. In values it accepts them.
     */
    @Test
    void shouldRejectHalvesOfSurrogatePairsInNames() {
        byte[] inName = notification().partyWith("\"\\ud83d\":1").bytes();
        byte[] inValue = notification().partyWith("\"a\":\"\\ud83d\"").bytes();

        assertThat(reader.read(inName).rejection())
                .extracting(Rejection::reason)
                .isEqualTo(RejectReason.NOT_JSON);
        assertThat(keyer.key(inName)).isInstanceOf(RoutingResult.Unkeyed.class);
        assertThat(reader.read(inValue).rejection()).isNull();
    }

    private static byte[] nested(String level, int levels) {
        return notification()
                .partyWith("\"deep\":" + nest(level, levels - LEVELS_ABOVE_A_PARTYS_MEMBERS))
                .bytes();
    }

    private static String nest(String level, int levels) {
        String[] parts = level.split("%s", -1);
        return parts[0].repeat(levels) + "1" + parts[1].repeat(levels);
    }

    /** Kafka's threads have the JVM's default stack of 1 MiB or less; half of that must be enough. */
    private ParseResult onSmallStack(byte[] value) {
        AtomicReference<ParseResult> reading = new AtomicReference<>();
        Thread thread = new Thread(null, () -> reading.set(reader.read(value)), "small stack", 512 * 1024);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return reading.get();
    }
}
