package io.callweave.topology.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the router sends is what the stage gets, to the byte; a newer form is refused. */
class RepartitionMessageTest {

    /** Apart from key, value and texts. */
    private static final int FRAME_BYTES = 100;

    @Property(tries = 300)
    void shouldGetANotificationAsItWasSent(
            @ForAll @IntRange(max = 5_000) int partition,
            @ForAll @LongRange(min = 0) long offset,
            @ForAll long receivedAt,
            @ForAll boolean unread,
            @ForAll("texts") @Nullable String account,
            @ForAll("texts") @Nullable String source,
            @ForAll("bytes") byte @Nullable [] key,
            @ForAll byte[] value) {
        byte[] sent = written(new RepartitionMessage.Routed(
                partition, offset, receivedAt, "not sent", unread, account, source, key, value));

        RepartitionMessage.Routed routed = (RepartitionMessage.Routed) read(sent);
        assertThat(routed.sourcePartition()).isEqualTo(partition);
        assertThat(routed.offset()).isEqualTo(offset);
        assertThat(routed.receivedAt()).isEqualTo(receivedAt);
        assertThat(routed.unread()).isEqualTo(unread);
        assertThat(routed.headerAccount()).isEqualTo(account);
        assertThat(routed.sentSource()).isEqualTo(source);
        assertThat(routed.key()).isEqualTo(key);
        assertThat(routed.value()).isEqualTo(value);
        assertThat(sent).hasSizeLessThan(value.length + length(key) + length(account) + length(source) + FRAME_BYTES);
    }

    @Property(tries = 100)
    void shouldGetAMarkAsItWasSent(
            @ForAll @IntRange(max = 5_000) int partition,
            @ForAll @IntRange(min = 1, max = 5_000) int of,
            @ForAll long time) {
        RepartitionMessage mark = RepartitionMessage.Mark.of(partition, of, time);

        assertThat(read(written(mark))).isEqualTo(mark);
    }

    @Test
    void shouldRefuseAMessageOfAnUnknownType() {
        byte[] bytes = written(RepartitionMessage.Mark.of(0, 1, 7));
        bytes[1] = '?';

        assertThatIllegalStateException()
                .isThrownBy(() -> read(bytes))
                .withMessage("A message between router and stage has the unknown type 63.");
    }

    @Provide
    Arbitrary<@Nullable String> texts() {
        return Arbitraries.strings().all().ofMaxLength(30).injectNull(0.2);
    }

    @Provide
    Arbitrary<byte @Nullable []> bytes() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).injectNull(0.2);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Halves of pairs take three bytes, where UTF-8 has one for them. */
    private static int length(@Nullable String text) {
        return text == null ? 0 : Math.max(3 * text.length(), text.getBytes(UTF_8).length);
    }

    private static byte[] written(RepartitionMessage message) {
        return RepartitionMessage.serde().serializer().serialize("routed", message);
    }

    private static RouterOutput read(byte[] bytes) {
        return RepartitionMessage.serde().deserializer().deserialize("routed", bytes);
    }
}
