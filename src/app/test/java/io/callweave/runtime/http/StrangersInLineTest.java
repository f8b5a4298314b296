package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StrangersInLineTest {

    private final AtomicLong now = new AtomicLong();
    private final StrangersInLine<String> line = new StrangersInLine<>(now::get);

    @Test
    void shouldServeFirstWhoComesFirst() {
        line.add(address(1), "a", true);
        line.add(address(2), "b", true);

        assertThat(served()).containsExactly("a", "b");
        assertThat(line.isEmpty()).isTrue();
    }

    /** Else one network could keep all others waiting. */
    @Test
    void shouldServeNetworksInTurn() {
        IntStream.range(0, 25).forEach(each -> line.add(address(1), "one of many " + each, true));
        IntStream.range(0, 10).forEach(each -> line.add(address(2), "sender " + each, true));
        line.add(address(3), "another sender", true);

        List<String> served = served().toList();

        assertThat(served.subList(0, 10)).allMatch(each -> each.startsWith("one of many"));
        assertThat(served.subList(10, 20)).allMatch(each -> each.startsWith("sender"));
        assertThat(served.get(20)).isEqualTo("another sender");
        assertThat(served.get(21)).isEqualTo("one of many 10");
        assertThat(served).doesNotHaveDuplicates().hasSize(36);
    }

    /** Also those that came before it did harm: one address can bring twenty at once. */
    @Test
    void shouldServeAnAddressThatDidHarmWhenNobodyElseWaits() {
        line.add(address(1), "harmful", true);
        line.add(address(1), "harmful, too", true);
        line.blame(address(1));
        line.add(address(1), "harmful again", true);
        line.add(address(2), "sender", true);

        assertThat(served()).containsExactly("sender", "harmful", "harmful, too", "harmful again");
    }

    @Test
    void shouldSayThatWhoComesNowWaitsForLong() {
        line.blame(address(1));
        line.add(address(1), "harmful", true);
        line.add(address(2), "sender", true);
        pass(3_500);
        boolean whileOneWaits = line.isSlow();
        pass(500);
        boolean stillWhileOneWaits = line.isSlow();

        line.poll();
        pass(5_000);

        assertThat(whileOneWaits).isFalse();
        assertThat(stillWhileOneWaits).isTrue();
        assertThat(line.isSlow()).isFalse();
    }

    /** Nobody may have looked meanwhile. */
    @Test
    void shouldSayThatOneAfterTheOtherWaitsForLong() {
        for (int i = 0; i < 2; i++) {
            line.add(address(2), "sender", true);
            pass(3_000);
            line.poll();
        }

        assertThat(line.isSlow()).isTrue();
    }

    /** Else strangers could have the bridge said to be not ready by coming all at once from time to time. */
    @Test
    void shouldNotSayThatOneWaitedForAMoment() {
        for (int i = 0; i < 10; i++) {
            line.add(address(2), "sender", true);
            pass(3_000);
            line.poll();
            assertThat(line.isSlow()).isFalse();
            pass(1_500);
        }
    }

    /** Else one address could have the bridge said to be not ready. */
    @Test
    void shouldNotSayThatACrowdOrOneThatDidHarmWaitsOrLeaves() {
        line.blame(address(1));
        line.add(address(1), "harmful", true);
        IntStream.range(0, 20).forEach(i -> line.add(address(2), "one of many " + i, true));
        pass(8_000);

        line.leave("one of many 7", true);
        line.poll();
        line.leave("harmful", true);

        assertThat(line.isSlow()).isFalse();
    }

    @Test
    void shouldSayThatAgainAndAgainOneHasToMakeRoomBeforeItsTurn() {
        makeRoomAfter(500);
        boolean afterOne = line.isSlow();
        for (int i = 0; i < 4; i++) {
            pass(1_000);
            makeRoomAfter(500);
        }
        boolean afterSome = line.isSlow();
        pass(5_000);

        assertThat(afterOne).isFalse();
        assertThat(afterSome).isTrue();
        assertThat(line.isSlow()).isFalse();
    }

    @Test
    void shouldNotSayThatAgainAndAgainOneMakesRoomThatHasJustCome() {
        for (int i = 0; i < 10; i++) {
            makeRoomAfter(0);
            pass(1_000);
        }

        assertThat(line.isSlow()).isFalse();
    }

    private void makeRoomAfter(int millis) {
        line.add(address(2), "sender", true);
        pass(millis);
        line.leave("sender", true);
    }

    private void pass(int millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void shouldNotSayThatTheLastOnesOfACrowdWait() {
        for (int i = 0; i < 10; i++) {
            IntStream.range(0, 300).forEach(each -> line.add(address(2), "one of many " + each, true));
            for (int j = 0; j < 300; j++) {
                pass(5);
                line.poll();
                assertThat(line.isSlow()).isFalse();
            }
        }
    }

    /** Strangers could do so on purpose: say nothing until their time is nearly over, or go. */
    @Test
    void shouldNotSayThatOneLeavesForItsOwnReasons() {
        for (int i = 0; i < 10; i++) {
            line.add(address(2), "late", true);
            pass(500);
            line.leave("late", false);
            pass(500);
        }

        assertThat(line.isSlow()).isFalse();
        assertThat(line.isEmpty()).isTrue();
    }

    /** Its own time has passed, too. */
    @Test
    void shouldNotSayThatOneWaitsThatSpokeLate() {
        line.add(address(2), "late", false);
        pass(8_000);

        assertThat(line.isSlow()).isFalse();
    }

    /** Else those that left would fill the memory while others are served first. */
    @Test
    void shouldForgetWhoLeaves() {
        line.blame(address(1));
        line.add(address(1), "left", true);
        line.add(address(2), "sender", true);
        line.poll();
        line.add(address(2), "left, too", true);

        line.leave("left", true);
        line.leave("left, too", true);

        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void shouldForgiveAfterAMinute() {
        line.blame(address(1));
        now.addAndGet(TimeUnit.SECONDS.toNanos(60));
        line.add(address(1), "a", true);
        line.add(address(2), "b", true);

        assertThat(served()).containsExactly("a", "b");
    }

    @Test
    void shouldRememberOnlySoManyAddresses() {
        IntStream.rangeClosed(0, 10_000).forEach(each -> line.blame(address(each)));
        line.add(address(1), "remembered", true);
        line.add(address(0), "forgotten", true);

        assertThat(served()).containsExactly("forgotten", "remembered");
    }

    private Stream<String> served() {
        return Stream.generate(line::poll).takeWhile(each -> each != null);
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
