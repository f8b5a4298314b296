package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Promise;
import org.junit.jupiter.api.Test;

class GuardedResolverTest {

    private static final int PORT = 443;

    @Test
    void shouldLeaveOutEachAddressThatIsNotPermitted() throws Exception {
        assertThat(resolved("203.0.113.1", "10.0.0.1", "203.0.113.2"))
                .succeedsWithin(Duration.ZERO)
                .isEqualTo(List.of(address("203.0.113.1"), address("203.0.113.2")));
    }

    @Test
    void shouldFailIfNoneIsPermitted() throws Exception {
        assertThat(resolved("10.0.0.1", "10.0.0.2"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RefusedAddressException.class);
    }

    /** What is left of a name with these addresses, where none that begins with 10 is permitted. */
    private static CompletableFuture<List<InetSocketAddress>> resolved(String... addresses) throws Exception {
        List<InetSocketAddress> all = new ArrayList<>();
        for (String each : addresses) {
            all.add(address(each));
        }
        Promise.Completable<List<InetSocketAddress>> result = new Promise.Completable<>();
        new GuardedResolver(
                        (host, port, context, promise) -> promise.succeeded(all),
                        address -> address.getAddress()[0] != 10,
                        "Not permitted.")
                .resolve("endpoint.example", PORT, Map.of(), result);
        return result;
    }

    private static InetSocketAddress address(String literal) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(literal), PORT);
    }
}
