package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private static final int MOST = 10;

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
            connections.onOpened(new SilentConnection());
        }

        assertThat(connections.open()).isLessThan(MOST);
        assertThat(connections.isFull()).isFalse();
    }

    private static final class SilentConnection extends AbstractConnection {

        private SilentConnection() {
            super(new ByteArrayEndPoint(), Runnable::run);
        }

        @Override
        public void onFillable() {
            throw new UnsupportedOperationException();
        }
    }
}
