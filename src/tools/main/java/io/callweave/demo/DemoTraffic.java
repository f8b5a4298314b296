package io.callweave.demo;

import io.callweave.sending.BridgePosts;
import io.callweave.sending.Delivered;
import io.callweave.sending.Pacing;
import io.callweave.sending.Sender;
import io.callweave.sending.SendingException;
import io.callweave.simulation.Traffic;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends the sample calls to a bridge, and then simulated ones: in real time, or so that calls end at even intervals. */
public final class DemoTraffic implements AutoCloseable {

    /** They come out at once where the topology works; not at all where a data directory has seen them before. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Slow enough to read. */
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(1_500);

    private final Function<String, URI> webhooks;
    private final String token;
    private final Traffic traffic;
    private final Duration betweenSamples;
    private final Function<Instant, Iterator<Due>> pace;
    private final CountDownLatch samplesSeen = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread = new Thread(this::run, "demo-traffic");
    private volatile @Nullable SendingException failure;
    private volatile boolean stopping;

    private DemoTraffic(
            Function<String, URI> webhooks,
            String token,
            Traffic traffic,
            Duration betweenSamples,
            Function<Instant, Iterator<Due>> pace) {
        this.webhooks = webhooks;
        this.token = token;
        this.traffic = traffic;
        this.betweenSamples = betweenSamples;
        this.pace = pace;
    }

    /**
     * Begins to send, in real time: calls go on already, and what is still to come is sent when it happens.
     *
     * @param webhooks where the bridge takes those of an account
     * @param token what it knows the subscriptions by
     * @param traffic of one account, that began some time ago
     */
    public static DemoTraffic live(Function<String, URI> webhooks, String token, Traffic traffic) {
        return new DemoTraffic(webhooks, token, traffic, BETWEEN_SAMPLES, start -> new LivePace(traffic, start))
                .started();
    }

    /**
     * Begins to send, as fast as calls shall end.
     *
     * @param webhooks where the bridge takes those of an account
     * @param token what it knows the subscriptions by
     * @param traffic of one account
     * @param opened when the clock of the traffic starts
     * @param betweenEnds how long after one call the next one ends
     */
    public static DemoTraffic even(
            Function<String, URI> webhooks, String token, Traffic traffic, Instant opened, Duration betweenEnds) {
        return new DemoTraffic(
                        webhooks,
                        token,
                        traffic,
                        betweenEnds,
                        start -> new EvenPace(traffic, start, opened, betweenEnds))
                .started();
    }

    private DemoTraffic started() {
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** The sample calls have come out: now for the others. They do not wait for this for long. */
    public void samplesSeen() {
        samplesSeen.countDown();
    }

    /** How many notifications went out so far. */
    public long sent() {
        return sent.get();
    }

    /** How many of them the bridge has said to be safe; known in the end. */
    public long taken() {
        return taken.get();
    }

    /** Why sending has stopped. */
    public Optional<SendingException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Sends no more, and waits for the answers to what was sent. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            sendSamples();
            var unused = samplesSeen.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            sendTraffic();
        } catch (SendingException e) {
            failure = e;
        } catch (InterruptedException toldToStop) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendSamples() throws InterruptedException {
        List<byte[]> notifications = SampleCalls.notifications();
        long pause = betweenSamples.multipliedBy(SampleCalls.CALLS).toMillis() / notifications.size();
        try (BridgePosts posts = new BridgePosts(webhooks.apply(SampleCalls.ACCOUNT), token)) {
            for (byte[] notification : notifications) {
                posts.send(notification);
                sent.incrementAndGet();
                Thread.sleep(pause); // the pace itself; an interruption ends it
            }
            count(posts.finish());
        }
    }

    private void sendTraffic() {
        try (BridgePosts posts =
                new BridgePosts(webhooks.apply(traffic.accounts().get(0)), token)) {
            Sender sender = new Sender(posts, new Pacing.Live(), Clock.systemUTC());
            Iterator<Due> coming = pace.apply(Instant.now());
            while (!stopping && coming.hasNext() && sent(sender, coming.next())) {
                sent.incrementAndGet();
            }
            count(posts.finish());
        }
    }

    /** False if it was stopped. */
    private static boolean sent(Sender sender, Due due) {
        try {
            sender.send(due.at(), due.notification().bytes());
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void count(Delivered delivered) {
        taken.addAndGet(delivered.taken());
    }
}
