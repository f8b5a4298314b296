package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.notification.JsonArbitraries;
import io.callweave.notification.NotificationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the store holds of a party event is all that is ever made of it, and what tells it from others. */
class PartyEventCodecTest {

    private static final Path RESOURCES = Path.of("src/samples");
    private static final long SINCE = 1_772_452_800_000L;

    private static final SessionKey KEY = new SessionKey("1", "s-a");

    private final NotificationReader reader = new NotificationReader();

    static List<Path> samples() throws IOException {
        List<Path> samples = new ArrayList<>();
        for (String folder : List.of("acceptance", "examples", "real", "regressions")) {
            try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
                files.filter(file -> !file.toString().endsWith(".calls.ndjson"))
                        .sorted()
                        .forEach(samples::add);
            }
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadBackTheEventsOfSamples(Path file) throws IOException {
        List<PartyEvent> events = Files.readAllLines(file).stream()
                .flatMap(line -> reader.read(line.getBytes(UTF_8), "1").events().stream())
                .toList();

        assertThat(events).isNotEmpty();
        assertReadBack(events, SINCE);
    }

    @Property(tries = 500)
    void shouldReadBackTheEventsOfAnyParties(
            @ForAll @Size(min = 1, max = 4) List<@From("parties") ObjectNode> parties,
            @ForAll @LongRange(min = 1) long since) {
        List<PartyEvent> events = new ArrayList<>();
        for (ObjectNode party : parties) {
            events.addAll(reader.read(notification(party.toString())).events());
        }

        assertThat(events).hasSameSizeAs(parties);
        assertReadBack(events, since);
    }

    @Property(tries = 100)
    void shouldReadBackHalvesOfPairs(@ForAll char any, @ForAll boolean first) {
        char half = (char) ((any & 0x3FF) + (first ? Character.MIN_HIGH_SURROGATE : Character.MIN_LOW_SURROGATE));
        String escaped = "\"\\u%04x\"".formatted((int) half);
        String party =
                "{\"id\":%s,\"status\":{\"code\":%s,\"reason\":%s,\"peerId\":{\"telephonySessionId\":%s}},\"from\":{\"name\":%s}}"
                        .replace("%s", escaped);

        List<PartyEvent> events = reader.read(notification(party)).events();

        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.facts().status()).isEqualTo(String.valueOf(half)));
        assertReadBack(events, SINCE);
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    private static byte[] notification(String party) {
        String json = "{\"body\":{\"accountId\":\"1\",\"telephonySessionId\":\"s-a\",\"sequence\":2,"
                + "\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"sessionId\":7,\"parties\":[" + party + "]}}";
        return json.getBytes(UTF_8);
    }

    /** In each way that events are kept: each for itself, and many with each text once; out, and waiting. */
    private static void assertReadBack(List<PartyEvent> events, long since) {
        for (PartyEvent event : events) {
            assertReadBack(List.of(event), since, Texts.INLINE, Texts.INLINE);
            assertReadBack(List.of(event), 0, Texts.INLINE, Texts.INLINE);
        }
        assertReadBack(events, since, new Texts.Table(KEY), new Texts.Table(KEY));
        assertReadBack(events, 0, new Texts.Table(KEY), new Texts.Table(KEY));
    }

    private static void assertReadBack(List<PartyEvent> events, long since, Texts forWriting, Texts forReading) {
        BinaryWriter out = new BinaryWriter(16);
        for (PartyEvent event : events) {
            PartyEventCodec.write(new PartyEventCodec.Stored(event, since, since == 0 ? null : event), out, forWriting);
        }
        BinaryReader in = new BinaryReader(out.bytes());
        for (PartyEvent event : events) {
            PartyEventCodec.Stored read = PartyEventCodec.read(event.session(), in, forReading);

            assertThat(read.heldSince()).isEqualTo(since);
            assertThat(read.event()).isEqualTo(event);
            assertThat(read.event().body().sha256()).isEqualTo(event.body().sha256());
            assertThatIllegalStateException()
                    .isThrownBy(() -> read.event().body().text());
            assertThat(read.waiting()).isEqualTo(since == 0 ? null : event);
            if (read.waiting() != null) {
                assertThat(read.waiting().body().text()).isEqualTo(event.body().text());
            }
        }
        assertThat(in.atEnd()).isTrue();
    }
}
