package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedLookupsTest {

    private final Scheduler timeouts = new ScheduledExecutorScheduler("timeouts", true);
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        timeouts.start();
    }

    @AfterEach
    void stop() throws Exception {
        timeouts.stop();
    }

    /** A lookup of the system can keep its thread for longer than a post may take. */
    @Test
    void shouldKeepOneThreadForAllWhoAskForAName() throws Exception {
        SharedLookups lookups = lookups(Duration.ofMinutes(1));
        List<Promise.Completable<List<InetSocketAddress>>> results = new ArrayList<>();
        for (int port = 1; port <= 500; port++) {
            results.add(resolve(lookups, "slow.example", port));
        }
        Promise.Completable<List<InetSocketAddress>> other = resolve(lookups, "other.example", 443);

        assertThat(threads).hasSize(2);
        threads.forEach(Runnable::run);

        assertThat(asked).containsExactly("slow.example", "other.example");
        assertThat(results.get(499).get())
                .containsExactly(new InetSocketAddress(InetAddress.getByAddress(new byte[] {9, 9, 9, 9}), 500));
        assertThat(other).isCompleted();
    }

    @Test
    void shouldLookANameUpAgainOnceItIsAnswered() {
        SharedLookups lookups = lookups(Duration.ofMinutes(1));
        assertThat(answered(resolve(lookups, "no.example", 443))).isCompletedExceptionally();

        resolve(lookups, "no.example", 443);

        assertThat(threads).hasSize(1);
    }

    /** A subscriber can have ever other names, and delete those before. */
    @Test
    void shouldLookFewNamesOfOneAccountUpAtATime() {
        SharedLookups lookups = lookups(Duration.ofMillis(1));
        List<Promise.Completable<List<InetSocketAddress>>> results = resolveMany(lookups);
        assertThat(threads).hasSize(SharedLookups.MOST_OF_ONE);
        assertThat(results).allSatisfy(each -> assertThat(each).failsWithin(Duration.ofMinutes(1)));

        List.copyOf(threads).forEach(Runnable::run);

        assertThat(asked).as("those that were given up meanwhile").hasSize(SharedLookups.MOST_OF_ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, true",
        "255.255.255.255, true",
        "[2001:db8::1], true",
        "[1], true",
        "192.0.2.256, false",
        "192.0.2, false",
        "192.0.2.1., false",
        "192.0.2.1.example, false",
        "2130706433, false",
        "a.b.c.d, false"
    })
    void shouldKeepNoThreadForWhatIsAnAddress(String host, boolean isAddress) {
        Promise.Completable<List<InetSocketAddress>> result = resolve(lookups(Duration.ofMinutes(1)), host, 443);

        assertThat(threads.isEmpty()).isEqualTo(isAddress);
        assertThat(result.isDone()).isEqualTo(isAddress);
    }

    @Test
    void shouldLookUpInTurn() {
        SharedLookups lookups = lookups(Duration.ofMinutes(1));
        List<Promise.Completable<List<InetSocketAddress>>> results = resolveMany(lookups);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }

        assertThat(results).allSatisfy(each -> assertThat(each).isCompleted());
    }

    /** A client that hears that there is no such name can ask again at once. */
    @Test
    void shouldNotEndALookupThatBeginsWhileTheOneBeforeIsTold() {
        SharedLookups lookups = lookups(Duration.ofMinutes(1));
        List<Promise.Completable<List<InetSocketAddress>>> again = new ArrayList<>();
        var unused = resolve(lookups, "no.example", 443)
                .whenComplete((found, failure) -> again.add(resolve(lookups, "no.example", 443)));

        threads.remove().run();

        assertThat(again).singleElement().satisfies(waits -> assertThat(waits).isNotDone());
        assertThat(threads).hasSize(1);
    }

    @Test
    void shouldNotLetAnyoneWaitForLong() {
        Promise.Completable<List<InetSocketAddress>> result =
                resolve(lookups(Duration.ofMillis(1)), "slow.example", 443);

        assertThat(result)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
    }

    private Promise.Completable<List<InetSocketAddress>> answered(Promise.Completable<List<InetSocketAddress>> result) {
        threads.remove().run();
        return result;
    }

    private static List<Promise.Completable<List<InetSocketAddress>>> resolveMany(SharedLookups lookups) {
        return IntStream.range(0, 100)
                .mapToObj(i -> resolve(lookups, "slow" + i + ".example", 443))
                .toList();
    }

    private static Promise.Completable<List<InetSocketAddress>> resolve(SharedLookups lookups, String host, int port) {
        Promise.Completable<List<InetSocketAddress>> result = new Promise.Completable<>();
        lookups.resolve(host, port, Map.of(), result);
        return result;
    }

    private SharedLookups lookups(Duration patience) {
        return new SharedLookups(threads::add, timeouts, patience, host -> {
            asked.add(host);
            if (host.startsWith("no.")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByAddress(new byte[] {9, 9, 9, 9})};
        });
    }
}
