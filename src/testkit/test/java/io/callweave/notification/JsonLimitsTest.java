package io.callweave.notification;

import static io.callweave.notification.TestNotification.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.event.PartyEvent;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import io.callweave.record.PartyEventJson;
import io.callweave.schema.ConnectEnvelope;
import io.callweave.value.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is accepted is what readers of the topics can read: ours, and those of others with Jackson's defaults. */
class JsonLimitsTest {

    private static final int LEVELS_ABOVE_A_PARTYS_MEMBERS = 4;

    private final NotificationReader reader = new NotificationReader();
    private final NotificationKeyer keyer = new NotificationKeyer();

    private record Limit(String what, int most, IntFunction<String> member) {

        Arguments at(int value) {
            return Arguments.of(what + ", " + value, member.apply(value));
        }
    }

    private static Stream<Limit> limits() {
        return Stream.of(
                new Limit("digits", 1_000, n -> "\"x\":" + "7".repeat(n)),
                new Limit("digits of a negative number", 1_000, n -> "\"x\":-" + "7".repeat(n)),
                new Limit("digits with a point", 1_000, n -> "\"x\":7." + "7".repeat(n - 1)),
                new Limit("digits of an exponent", 1_000, n -> "\"x\":1e" + "0".repeat(n - 1)),
                new Limit("bytes of a name", 50_000, n -> "\"" + "x".repeat(n) + "\":1"),
                new Limit(
                        "levels of lists",
                        1_000,
                        n -> "\"x\":" + "[".repeat(n - LEVELS_ABOVE_A_PARTYS_MEMBERS)
                                + "]".repeat(n - LEVELS_ABOVE_A_PARTYS_MEMBERS)),
                new Limit(
                        "levels of objects",
                        1_000,
                        n -> "\"x\":" + "{\"x\":".repeat(n - LEVELS_ABOVE_A_PARTYS_MEMBERS) + "1"
                                + "}".repeat(n - LEVELS_ABOVE_A_PARTYS_MEMBERS)));
    }

    static Stream<Arguments> atALimit() {
        return limits().map(limit -> limit.at(limit.most()));
    }

    static Stream<Arguments> oneStepBeyond() {
        return limits().map(limit -> limit.at(limit.most() + 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("atALimit")
    void shouldPassOnWhatIsAtALimitToEveryReader(String limit, String member) throws IOException {
        byte[] notification = notification().partyWith(member).bytes();

        PartyEvent event = reader.read(notification).events().get(0);

        byte[] value = PartyEventJson.write(event, false, null, null);
        assertThat(new String(value, StandardCharsets.UTF_8)).contains(member);
        assertThat(keyer.key(notification)).isInstanceOf(RoutingResult.Keyed.class);
        assertThat(new ObjectMapper().readTree(value)).isEqualTo(JsonLimits.tree(value));
        assertThat(JsonLimits.tree(notification).at("/body/parties/0").properties())
                .isNotEmpty();
        assertThat(ConnectEnvelope.of("party-events").wrap(value)).isNotEmpty();
        assertThat(csv(value)).contains("s-a");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneStepBeyond")
    void shouldRefuseOneStepMoreBecauseNoReaderCouldReadIt(String limit, String member) {
        byte[] notification = notification().partyWith(member).bytes();

        ParseResult reading = reader.read(notification);

        assertThat(reading.rejection())
                .extracting(Rejection::reason)
                .as("the reason of the dead letter, which keeps the bytes")
                .isEqualTo(RejectReason.NOT_JSON);
        assertThat(keyer.key(notification)).isEqualTo(new RoutingResult.Unkeyed(reading.rejection(), null, null));
        assertThatThrownBy(() -> JsonLimits.tree(notification)).isInstanceOf(StreamConstraintsException.class);
        assertThatThrownBy(() -> new ObjectMapper().readTree(notification))
                .isInstanceOf(StreamConstraintsException.class);
    }

    private static String csv(byte[] event) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CallListing listing = CallFormat.CSV.rowsTo(out, "party-events")) {
            listing.add(event);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
