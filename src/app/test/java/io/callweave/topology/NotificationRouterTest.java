package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.notification.JsonArbitraries;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.topics.Headers;
import io.callweave.topics.HomePartition;
import io.callweave.topology.message.DeadLetter;
import io.callweave.topology.message.HomePartitioner;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A notification goes to the partition of the account that the stage finds in it, however the account is named. */
class NotificationRouterTest {

    private static final String EVENT = "\"event\":\"/restapi/v1.0/account/77/telephony/sessions\",";
    private static final String OWN = "\"event\":\"/restapi/v1.0/account/~/telephony/sessions\",";
    private static final int PARTITIONS = 64;

    private final NotificationReader reader = new NotificationReader();

    static Stream<Arguments> namings() {
        String good = "{\"id\":\"p-1\",\"accountId\":\"3\",\"status\":{\"code\":\"Setup\"}}";
        String nameless = "{\"id\":\"p-1\",\"status\":{\"code\":\"Setup\"}}";
        return Stream.of(
                named("the event's path", "77", EVENT, "\"accountId\":\"2\",", good),
                named("the body", "2", OWN, "\"accountId\":\"2\",", good),
                named("a body with a number", "2", OWN, "\"accountId\":2,", good),
                named("the first party", "3", OWN, "", good + "," + good.replace("\"3\"", "\"4\"")),
                named("the first party that has one", "3", OWN, "", nameless + "," + good),
                named("no event", "2", "", "\"accountId\":\"2\",", good),
                named("escapes in a value", "2", OWN, "\"accountId\":\"\\u0032\",", good),
                named("escapes in a name", "2", OWN, "\"\\u0061ccountId\":\"2\",", good),
                named("the last of equal names", "5", OWN, "\"accountId\":\"2\",\"accountId\":\"5\",", good),
                named(
                        "equal names of a party",
                        "9",
                        OWN,
                        "",
                        good.replace(",\"status", ",\"accountId\":\"9\",\"status")),
                named("an account that is no text", "äé€", OWN, "\"accountId\":\"äé€\",", good),
                named("half of a pair", "\ud83d", OWN, "\"accountId\":\"\\ud83d\",", good),
                named("the header", "header", OWN, "", nameless));
    }

    private static Arguments named(String how, String account, String event, String body, String parties) {
        return Arguments.of(how, account, notification(event, body, parties));
    }

    private static String notification(String event, String body, String parties) {
        return "{" + event + "\"body\":{" + body + "\"telephonySessionId\":\"s-a\",\"sequence\":2,"
                + "\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"parties\":[" + parties + "]}}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namings")
    void shouldGoToTheAccountThatTheReaderFinds(String how, String account, String json) {
        assertThat(assertSentHome(json.getBytes(UTF_8), "header")).isEqualTo(account);
    }

    /** The envelope of PubNub, in which the notification is a member of another one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("namings")
    void shouldGoToTheAccountInAnOldEnvelope(String how, String account, String json) {
        String old = "[{},{\"event\":\"/restapi/v1.0/account/6/presence\",\"pn_apns\":" + json + ",\"ownerId\":\"1\"}]";

        assertThat(assertSentHome(old.getBytes(UTF_8), "header")).isEqualTo(account);
    }

    @Test
    void shouldNameTheAccountOfTheNotificationInADeadLetter() {
        Routing routing = new Routing();

        routing.router.process(routing.notification(
                "{\"event\":\"/restapi/v1.0/account/77/telephony/sessions\",\"body\":{}}".getBytes(UTF_8), "1"));

        assertThat(routing.headers(DeadLetter.class)).containsEntry(Headers.ACCOUNT, "77");
    }

    @Property(tries = 500)
    void shouldGoToTheAccountThatTheReaderFindsInAnyParties(
            @ForAll("parties") ObjectNode party,
            @ForAll("parties") ObjectNode other,
            @ForAll boolean own,
            @ForAll @From("accounts") @Nullable String header) {
        byte[] value = notification(own ? OWN : "", "", party + "," + other).getBytes(UTF_8);

        assertSentHome(value, header);
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    @Provide
    Arbitrary<@Nullable String> accounts() {
        return Arbitraries.of("", "809646016", "ä").injectNull(0.3);
    }

    /** Sends it through the router; the account whose partition it went to, null if it went to the dead letters. */
    private @Nullable String assertSentHome(byte[] value, @Nullable String header) {
        Routing routing = new Routing();

        routing.router.process(routing.notification(value, header));

        List<RepartitionMessage.Routed> routed = routing.sent(RepartitionMessage.Routed.class);
        // An empty header is none, for the stage as for the router.
        ParseResult reading = reader.read(value, header == null || header.isEmpty() ? null : header);
        if (routed.isEmpty()) {
            assertThat(reading.events()).isEmpty();
            assertThat(routing.sent(DeadLetter.class)).hasSize(1);
            return null;
        }
        RepartitionMessage.Routed message = routed.get(0);
        assertThat(routed).hasSize(1);
        assertThat(message.value()).isEqualTo(value);
        assertThat(new HomePartitioner().partitions("routed", new byte[0], message, PARTITIONS))
                .contains(Set.of(HomePartition.of(message.home(), PARTITIONS)));
        assertThat(reader.read(message.value(), message.headerAccount()).events())
                .as("what the stage reads")
                .isEqualTo(reading.events())
                .allSatisfy(event -> assertThat(event.session().accountId()).isEqualTo(message.home()));
        return message.home();
    }

    /** A router, and what it sent. */
    private static final class Routing {

        private final StageContext<RouterOutput> context = new StageContext<>(List.of());
        private final Processor<byte[], byte[], byte[], RouterOutput> router = new NotificationRouter.Supplier(
                        StageContext.config(PARTITIONS, (partition, lastOffset) -> OptionalLong.empty()),
                        StageContext.commits(),
                        StageContext.times())
                .get();

        Routing() {
            router.init(context);
        }

        Record<byte[], byte[]> notification(byte[] value, @Nullable String account) {
            RecordHeaders headers = new RecordHeaders();
            Map<String, String> all = account == null ? Map.of() : Map.of(Headers.ACCOUNT, account);
            all.forEach((name, text) -> headers.add(Headers.text(name, text)));
            context.at("test.notifications", 5);
            return new Record<>(null, value, StageContext.WALL, headers);
        }

        /** Of the only output of a kind. */
        Map<String, String> headers(Class<? extends RouterOutput> kind) {
            Map<String, String> headers = new HashMap<>();
            context.forwarded().stream()
                    .map(forward -> forward.record())
                    .filter(record -> kind.isInstance(record.value()))
                    .forEach(record -> record.headers()
                            .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8))));
            return headers;
        }

        <T extends RouterOutput> List<T> sent(Class<T> kind) {
            List<T> sent = new ArrayList<>();
            context.forwarded().forEach(forward -> {
                if (kind.isInstance(forward.record().value())) {
                    sent.add(kind.cast(forward.record().value()));
                }
            });
            return sent;
        }
    }
}
