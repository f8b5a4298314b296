package io.callweave.demo;

import io.callweave.sending.BridgePosts;
import io.callweave.sending.Delivered;
import io.callweave.sending.Pacing;
import io.callweave.sending.Sender;
import io.callweave.sending.SendingException;
import io.callweave.simulation.Notification;
import io.callweave.simulation.Traffic;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends the sample calls to a bridge as fast as it takes them, and then simulated ones as they happen. */
public final class DemoTraffic implements AutoCloseable {

    /** They come out at once where the topology works; not at all where a data directory has seen them before. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Function<String, URI> webhooks;
    private final String token;
    private final Traffic traffic;
    private final Pacing pacing;
    private final CountDownLatch samplesSeen = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread = new Thread(this::run, "demo-traffic");
    private volatile @Nullable SendingException failure;
    private volatile boolean stopping;

    private DemoTraffic(Function<String, URI> webhooks, String token, Traffic traffic, Pacing pacing) {
        this.webhooks = webhooks;
        this.token = token;
        this.traffic = traffic;
        this.pacing = pacing;
    }

    /**
     * Begins to send.
     *
     * @param webhooks where the bridge takes those of an account
     * @param token what it knows the subscriptions by
     * @param traffic of one account
     */
    public static DemoTraffic start(Function<String, URI> webhooks, String token, Traffic traffic, Pacing pacing) {
        DemoTraffic started = new DemoTraffic(webhooks, token, traffic, pacing);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
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

    /** Why nothing is sent any more. */
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

    private void sendSamples() {
        try (BridgePosts posts = new BridgePosts(webhooks.apply(SampleCalls.ACCOUNT), token)) {
            for (byte[] notification : SampleCalls.notifications()) {
                posts.send(notification);
                sent.incrementAndGet();
            }
            count(posts.finish());
        }
    }

    private void sendTraffic() {
        try (BridgePosts posts =
                new BridgePosts(webhooks.apply(traffic.accounts().get(0)), token)) {
            Sender sender = new Sender(posts, pacing, Clock.systemUTC());
            while (!stopping && traffic.hasNext()) {
                Traffic.Item item = traffic.next();
                Notification notification = item.notification();
                if (notification != null && !sent(sender, item.time(), notification)) {
                    break;
                }
            }
            count(posts.finish());
        }
    }

    /** False if it is told to stop. */
    private boolean sent(Sender sender, Instant time, Notification notification) {
        try {
            sender.send(time, notification.bytes());
            sent.incrementAndGet();
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void count(Delivered delivered) {
        taken.addAndGet(delivered.taken());
    }
}
