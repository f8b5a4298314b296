package io.callweave.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/** Counts members of a group that are expelled although they run: they come back under another id, or are missing. */
public final class Expulsions implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    private final Admin admin;
    private final String group;
    private final Thread watcher = new Thread(this::watch, "expulsions");
    private Map<String, String> known = Map.of();
    private boolean expected;
    private int count;

    public Expulsions(String brokers, String group) {
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
        this.group = group;
        watcher.start();
    }

    /** From now on nobody is killed. */
    public synchronized void expect() {
        known = Map.of();
        expected = true;
    }

    /** Somebody is killed, or comes back. */
    public synchronized void pause() {
        expected = false;
    }

    public synchronized int count() {
        return count;
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(EVERY.toMillis());
                look(members());
            } catch (ExecutionException | TimeoutException retriable) {
                // The coordinator is loading, or the machine is slow: the next look tells.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void look(Map<String, String> now) {
        if (expected) {
            count += (int) known.entrySet().stream()
                    .filter(member -> !member.getValue().equals(now.get(member.getKey())))
                    .count();
            known = now;
        }
    }

    /** Ids by the names of the static members. */
    private Map<String, String> members() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, String> members = new HashMap<>();
        for (MemberDescription member : admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get(10, TimeUnit.SECONDS)
                .members()) {
            members.put(member.groupInstanceId().orElse(member.consumerId()), member.consumerId());
        }
        return members;
    }

    @Override
    public void close() {
        watcher.interrupt();
        admin.close(Duration.ZERO);
    }
}
