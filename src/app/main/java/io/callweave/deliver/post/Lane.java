package io.callweave.deliver.post;

import io.callweave.deliver.EndpointPace;
import io.callweave.deliver.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What waits for one endpoint in this instance, in the order in which it came, and how many posts run. Each endpoint has its own,
 * so that a slow one delays nobody.
 */
final class Lane {

    private final int most;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private EndpointPace pace;
    private final Set<String> running = new HashSet<>();
    private long lastSuccess;

    Lane(int most) {
        this.most = most;
        pace = EndpointPace.unknown(most);
    }

    synchronized void add(Ticket ticket) {
        waiting.add(ticket);
    }

    /** Those that may start now; each must be {@linkplain #ended ended}, or {@linkplain #left leave}. */
    synchronized List<Ticket> start(long now) {
        List<Ticket> started = new ArrayList<>();
        Iterator<Ticket> each = waiting.iterator();
        while (pace.allows(running.size(), now) && each.hasNext()) {
            Ticket next = each.next();
            // A task that was closed and opened again may still have a post of the same call under way.
            if (running.contains(slot(next))) {
                continue;
            }
            each.remove();
            if (!next.isTaken()) {
                running.add(slot(next));
                started.add(next);
            }
        }
        return started;
    }

    private static String slot(Ticket ticket) {
        return ticket.delivery().occurrence().slot();
    }

    /** It was taken back before it was posted. */
    synchronized void left(Ticket ticket) {
        running.remove(slot(ticket));
    }

    synchronized void ended(Ticket ticket, Outcome outcome, long started, long now) {
        running.remove(slot(ticket));
        if (outcome.kind() == Outcome.Kind.DELIVERED) {
            lastSuccess = now;
            pace = pace.succeeded(most);
        } else {
            pace = pace.failed(outcome.retryAfter(), started, now);
        }
    }

    /** When the last post succeeded, in milliseconds since the epoch; 0 if none did in this process. */
    synchronized long lastSuccess() {
        return lastSuccess;
    }

    synchronized EndpointPace pace() {
        return pace;
    }

    synchronized int running() {
        return running.size();
    }
}
