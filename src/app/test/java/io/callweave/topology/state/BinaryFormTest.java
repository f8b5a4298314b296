package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.session.LastEmission;
import io.callweave.topology.session.SessionSize;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionTie;
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
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact forms of stores: what is written is read back, and a newer form is refused. */
class BinaryFormTest {

    private static final long LARGEST_SEQUENCE = (1L << 53) - 1;

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
    void shouldReadBackTheStateOfASession(
            @ForAll long generation,
            @ForAll("texts") String callId,
            @ForAll("texts") String peer,
            @ForAll long time,
            @ForAll @IntRange(min = 1, max = 63) int tie,
            @ForAll boolean capped,
            @ForAll boolean inGap) {
        SessionState waiting = SessionState.NEW
                .generation(generation)
                .scheduledDue(time)
                .liveIn(callId)
                .grown(new SessionSize(3, 2, time, 1), time)
                .tie(peer, SessionTie.ofBits(tie));
        SessionState counted = (capped ? waiting.asCapped() : waiting).countedIn(callId);
        SessionState emitted =
                counted.emission(new LastEmission(generation, peer, time, new byte[16], inGap, callId.getBytes(UTF_8)));

        for (SessionState state : List.of(
                SessionState.NEW,
                waiting,
                counted,
                emitted,
                emitted.closed(time),
                emitted.countedOn(generation),
                emitted.countedOn(-time).closed(time))) {
            BinaryReader in = new BinaryReader(written(state));
            assertThat(SessionState.read(in)).isEqualTo(state);
            assertThat(in.atEnd()).isTrue();
        }
    }

    @Property(tries = 300)
    void shouldKeepTheEntriesOfOneSessionApartFromThoseOfAnother(
            @ForAll("ids") List<String> one, @ForAll("ids") List<String> other) {
        byte[] key = StoreKeys.session(StoreKeys.Kind.STATE, new SessionKey(one.get(0), one.get(1)))
                .get();
        byte[] otherKey = StoreKeys.session(StoreKeys.Kind.STATE, new SessionKey(other.get(0), other.get(1)))
                .get();

        boolean begins = otherKey.length >= key.length && Arrays.equals(key, Arrays.copyOf(otherKey, key.length));
        assertThat(begins).isEqualTo(one.equals(other));
    }

    @Property(tries = 100)
    void shouldReadWhoseKeyItIs(@ForAll("texts") String account, @ForAll("texts") String session) {
        SessionKey key = new SessionKey(account, session);
        Bytes entry = StoreKeys.session(StoreKeys.Kind.HOLDING, key);

        assertThat(StoreKeys.sessionOf(StoreKeys.reader(entry))).isEqualTo(key);
    }

    @Test
    void shouldBeginTheKeysOfEachKindWithAnotherByte() {
        assertThat(StoreKeys.Kind.values()).extracting(StoreKeys::of).doesNotHaveDuplicates();
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

    private static byte[] written(SessionState state) {
        BinaryWriter out = new BinaryWriter(1);
        state.write(out);
        return out.bytes();
    }
}
