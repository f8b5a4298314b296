package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenConnectionsTest {

    private static final int MOST = 30;

    private final List<@Nullable Throwable> causes = new ArrayList<>();
    private long now;
    private final OpenConnections connections = new OpenConnections(
            new HttpLimits(
                    1_024, MOST, HttpLimits.OfAddress.ANY, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO),
            () -> now);

    /** Else strangers who come and go could let an orchestrator take every bridge away, while all senders get in. */
    @Test
    void shouldNotBeFullWhileConnectionsComeIn() {
        for (int i = 0; i < 3 * MOST; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(300);
            connections.onOpened(new SilentConnection(i));
        }

        assertThat(connections.open()).isLessThan(MOST);
        assertThat(connections.isFull()).isFalse();
    }

    /** Senders far away would not get in either, however often they try. */
    @Test
    void shouldBeFullIfConnectionsFromEverywhereAreCutForLongBeforeTheyCanSend() {
        openFast(100, i -> i);
        boolean atOnce = connections.isFull();
        openFast(300, i -> i % 100);
        boolean afterFourSeconds = connections.isFull();

        now += LastingTrouble.TOLD_FOR.toNanos();
        connections.close();

        assertThat(atOnce).isFalse();
        assertThat(afterFourSeconds).isTrue();
        assertThat(connections.isFull()).isFalse();
    }

    /** An answer of theirs takes a quarter of a second, and twice as much if a packet is lost. */
    @Test
    void shouldBeFullIfTheyAreCutBeforeSendersFarAwayCanSend() {
        openFast(400, i -> i % 200, 17);
        boolean cutAfterLessThanHalfASecond = connections.isFull();

        now += LastingTrouble.TOLD_FOR.toNanos();
        openFast(200, i -> i, 24);

        assertThat(cutAfterLessThanHalfASecond).isTrue();
        assertThat(connections.isFull()).isFalse();
    }

    /** A handshake takes several turns. Who waits in line for each is older than strangers who say nothing. */
    @Test
    void shouldNotCutASenderThatWaitedInLineBeforeThoseThatAreSilent() {
        EndPoint sender = open(1);
        for (int turn = 0; turn < 4; turn++) {
            assertThat(connections.getsInLine(sender)).isTrue();
            openFast(MOST / 2, i -> i + 2, 40);
            assertThat(connections.getsInLine(sender)).as("more came").isTrue();
            connections.comesToItsTurn(sender);
        }

        assertThat(causes).isNotEmpty();
        assertThat(sender.isOpen()).isTrue();
    }

    /** One network can be in its own way, with many addresses. Whether others are kept out as well, only the line can tell. */
    @Test
    void shouldNotBeFullIfThoseAreCutThatHaveWaitedInLine() {
        for (int i = 0; i < 400; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(24);
            connections.getsInLine(open(i % 200));
        }

        assertThat(causes).isNotEmpty();
        assertThat(connections.isFull()).isFalse();
    }

    /** Else strangers could keep their connections with a byte of a handshake from time to time. */
    @ParameterizedTest
    @CsvSource({"1, 600", "3, 400", "9, 10"})
    void shouldCutAConnectionThatLetMoreTimePassThanASenderBeforeThoseThatAreSilent(int turns, int betweenMillis) {
        EndPoint slow = open(1);
        for (int turn = 0; turn < turns; turn++) {
            now += TimeUnit.MILLISECONDS.toNanos(betweenMillis);
            connections.getsInLine(slow);
            if (turn == turns - 1) {
                openFast(MOST - 10, i -> i + 2);
            }
            connections.comesToItsTurn(slow);
        }

        openFast(10, i -> i + MOST);

        assertThat(connections.getsInLine(slow)).isFalse();
        assertThat(slow.isOpen()).isFalse();
    }

    private EndPoint open(int address) {
        SilentConnection opened = new SilentConnection(address);
        connections.onOpened(opened);
        return opened.getEndPoint();
    }

    /** Else strangers could let an orchestrator take every bridge away, at little cost. */
    @Test
    void shouldNotBeFullIfThatHappensFromTimeToTime() {
        for (int i = 0; i < 10; i++) {
            openFast(100, each -> each);
            assertThat(connections.isFull()).isFalse();
            now += TimeUnit.MILLISECONDS.toNanos(1_500);
            connections.close();
        }
    }

    /** Else one address could let an orchestrator take every bridge away. */
    @Test
    void shouldNotBeFullIfAnAddressWithManyIsCut() {
        openFast(400, i -> 1);

        assertThat(connections.open()).isLessThan(MOST);
        assertThat(connections.isFull()).isFalse();
    }

    /** TLS counts only the first ones as senders that do not get in. */
    @Test
    void shouldTellThoseOfFewFromThoseOfManyWhenTheyMakeRoom() {
        openFast(2 * MOST, i -> i);
        boolean ofFew = causes.stream().allMatch(each -> each instanceof OpenConnections.OthersCameException);
        int closed = causes.size();
        causes.clear();

        openFast(3 * MOST, i -> 200);

        assertThat(closed).isPositive();
        assertThat(ofFew).isTrue();
        assertThat(causes).last().isNotInstanceOf(OpenConnections.OthersCameException.class);
    }

    /** Else an address could come only so many times until the next start. */
    @Test
    void shouldCountOnlyTheOpenConnectionsOfAnAddress() {
        OpenConnections few = new OpenConnections(
                new HttpLimits(
                        1_024,
                        MOST,
                        new HttpLimits.OfAddress(2, List.of()),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ZERO),
                () -> now);
        SilentConnection first = new SilentConnection(1);
        few.onOpened(first);
        few.onOpened(new SilentConnection(1));
        few.onOpened(new SilentConnection(2));
        int atMost = causes.size();
        first.getEndPoint().close();
        few.onClosed(first);
        causes.clear();
        few.onOpened(new SilentConnection(1));
        int again = causes.size();
        few.onOpened(new SilentConnection(1));

        assertThat(atMost).isZero();
        assertThat(again).isZero();
        assertThat(causes).singleElement().isInstanceOf(TimeoutException.class);
    }

    private void openFast(int many, IntUnaryOperator address) {
        openFast(many, address, 10);
    }

    private void openFast(int many, IntUnaryOperator address, int everyMillis) {
        for (int i = 0; i < many; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(everyMillis);
            connections.onOpened(new SilentConnection(address.applyAsInt(i)));
        }
    }

    private final class SilentConnection extends AbstractConnection {

        private SilentConnection(int address) {
            super(new RemoteEndPoint(new InetSocketAddress("127.0." + address + ".1", 1)), Runnable::run);
        }

        @Override
        public void onFillable() {
            throw new UnsupportedOperationException();
        }
    }

    private final class RemoteEndPoint extends ByteArrayEndPoint {

        private final SocketAddress remote;

        private RemoteEndPoint(SocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return remote;
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            causes.add(cause);
            super.onClose(cause);
        }
    }
}
