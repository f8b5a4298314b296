package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.call.SessionKey;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact forms of stores and of the hop: what is written is read back, and a newer form is refused. */
class BinaryFormTest {

    private static final long LARGEST_SEQUENCE = (1L << 53) - 1;
    private static final SessionKey SESSION = new SessionKey("809646016", "s-a");

    @Property(tries = 500)
    void shouldReadBackWhatWasWritten(
            @ForAll @IntRange(max = 255) int small,
            @ForAll @LongRange(min = 0, max = LARGEST_SEQUENCE) long number,
            @ForAll long any,
            @ForAll("texts") String text,
            @ForAll("texts") String rest) {
        byte[] bytes = new BinaryWriter(1)
                .u8(small)
                .varint(number)
                .i64(any)
                .string(text)
                .optionalString(text)
                .optionalString(null)
                .raw(rest.getBytes(UTF_8))
                .bytes();

        BinaryReader in = new BinaryReader(bytes);
        assertThat(in.u8()).isEqualTo(small);
        assertThat(in.varint()).isEqualTo(number);
        assertThat(in.i64()).isEqualTo(any);
        assertThat(in.string()).isEqualTo(text);
        assertThat(in.optionalString()).isEqualTo(text);
        assertThat(in.optionalString()).isNull();
        assertThat(in.atEnd()).isEqualTo(rest.isEmpty());
        assertThat(in.restAsString()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, LARGEST_SEQUENCE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldReadBackNumbersAtTheirLimits(long number) {
        byte[] bytes = new BinaryWriter(0).varint(number).i64(number).bytes();

        BinaryReader in = new BinaryReader(bytes);
        assertThat(in.varint()).isEqualTo(number);
        assertThat(in.i64()).isEqualTo(number);
        assertThat(in.atEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 127})
    void shouldTakeOneByteForASmallNumber(long number) {
        assertThat(new BinaryWriter(16).varint(number).bytes()).hasSize(1);
    }

    @Property(tries = 300)
    void shouldReadBackAnEventOfTheHop(
            @ForAll("texts") String account,
            @ForAll("texts") String session,
            @ForAll @LongRange(min = 0, max = LARGEST_SEQUENCE) long sequence,
            @ForAll @IntRange(max = 5_000) int partition,
            @ForAll @LongRange(min = 0) long receivedAt,
            @ForAll("texts") String body) {
        HopMessage event =
                new HopMessage.Event(partition, new SessionKey(account, session), sequence, receivedAt, body, null);

        assertThat(throughTheHop(event)).isEqualTo(event);
    }

    @Property(tries = 100)
    void shouldReadBackAMarkOfTheHop(
            @ForAll @IntRange(max = 5_000) int partition,
            @ForAll @IntRange(min = 1, max = 5_000) int of,
            @ForAll long time) {
        HopMessage mark = new HopMessage.Mark(partition, of, time);

        assertThat(throughTheHop(mark)).isEqualTo(mark);
    }

    @Property(tries = 100)
    void shouldReadBackTheStateOfASession(@ForAll("texts") String callId, @ForAll long due) {
        SessionState counted = SessionState.NEW.countedIn(callId).armedDue(due);
        SessionState waiting = SessionState.NEW.armedDue(due);

        assertThat(SessionState.read(counted.write())).isEqualTo(counted);
        assertThat(SessionState.read(waiting.write())).isEqualTo(waiting);
    }

    @Test
    void shouldTakeASessionOfWhichNothingIsKeptAsNew() {
        assertThat(SessionState.read(null)).isEqualTo(SessionState.NEW);
        assertThat(SessionState.NEW.wasEmitted()).isFalse();
        assertThat(SessionState.NEW.countedIn("s-a").wasEmitted()).isTrue();
    }

    @Test
    void shouldRefuseTheFormOfANewerVersionWithASentence() {
        byte[] state = SessionState.NEW.write();
        state[0] = 2;

        assertThatIllegalStateException()
                .isThrownBy(() -> SessionState.read(state))
                .withMessage("A session state has format version 2, and this version of Callweave reads up to 1:"
                        + " it was written by a newer one; start that one, or reset the state.");
    }

    @Test
    void shouldRefuseAMessageOfANewerVersion() {
        byte[] bytes = HopMessage.SERDE.serializer().serialize("hop", new HopMessage.Mark(0, 1, 7));
        bytes[0] = 99;

        assertThatIllegalStateException()
                .isThrownBy(() -> HopMessage.SERDE.deserializer().deserialize("hop", bytes))
                .withMessageStartingWith("A message between the stages has format version 99");
    }

    @Test
    void shouldRefuseAMessageOfAnUnknownType() {
        byte[] bytes = HopMessage.SERDE.serializer().serialize("hop", new HopMessage.Mark(0, 1, 7));
        bytes[1] = '?';

        assertThatIllegalStateException()
                .isThrownBy(() -> HopMessage.SERDE.deserializer().deserialize("hop", bytes))
                .withMessageContaining("unknown type");
    }

    @Property(tries = 300)
    void shouldKeepTheEntriesOfOneSessionApartFromThoseOfAnother(
            @ForAll("ids") List<String> one, @ForAll("ids") List<String> other) {
        byte[] session = StoreKeys.session(StoreKeys.Kind.EVENT, new SessionKey(one.get(0), one.get(1)))
                .get();
        byte[] event = StoreKeys.event(StoreKeys.Kind.EVENT, new SessionKey(other.get(0), other.get(1)), 7, "p")
                .get();

        boolean same = one.equals(other);
        boolean prefix = Arrays.equals(session, Arrays.copyOf(event, session.length)) && event.length >= session.length;
        assertThat(prefix).isEqualTo(same);
    }

    @Property(tries = 300)
    void shouldSortTheEventsOfASessionBySequence(
            @ForAll @LongRange(min = 0, max = LARGEST_SEQUENCE) long one,
            @ForAll @LongRange(min = 0, max = LARGEST_SEQUENCE) long other) {
        int order = StoreKeys.event(StoreKeys.Kind.EVENT, SESSION, one, "p-1")
                .compareTo(StoreKeys.event(StoreKeys.Kind.EVENT, SESSION, other, "p-1"));

        assertThat(Integer.signum(order)).isEqualTo(Long.compare(one, other));
    }

    @Property(tries = 300)
    void shouldSortWhatIsDueByTime(
            @ForAll @LongRange(min = 0) long one,
            @ForAll @LongRange(min = 0) long other,
            @ForAll("ids") List<String> session,
            @ForAll("ids") List<String> otherSession) {
        int order = StoreKeys.due(one, new SessionKey(session.get(0), session.get(1)))
                .compareTo(StoreKeys.due(other, new SessionKey(otherSession.get(0), otherSession.get(1))));

        if (one != other) {
            assertThat(Integer.signum(order)).isEqualTo(Long.compare(one, other));
        }
        assertThat(StoreKeys.dueFrom(one))
                .isLessThanOrEqualTo(StoreKeys.due(one, new SessionKey(session.get(0), session.get(1))));
    }

    /** Of few characters, so that some are the beginning of others. */
    @Provide
    Arbitrary<List<String>> ids() {
        Arbitrary<String> id =
                Arbitraries.strings().withChars('a', 'b', '\u0001').ofMaxLength(4);
        return Combinators.combine(id, id).as(List::of).withoutEdgeCases();
    }

    /** Of all planes of Unicode; halves of a pair alone are no text. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(0x0, 0x41, 0xE4, 0x7FF, 0x20AC, 0xFFFD, 0x1F4DE, 0x10FFFF)
                .list()
                .ofMaxSize(200)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .withoutEdgeCases();
    }

    private static HopMessage throughTheHop(HopMessage message) {
        return (HopMessage) HopMessage.SERDE
                .deserializer()
                .deserialize("hop", HopMessage.SERDE.serializer().serialize("hop", message));
    }
}
