package io.callweave.deliver.queue;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.post.Posts;
import io.callweave.deliver.post.Ticket;
import io.callweave.deliver.post.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Posts nothing: a test says how each attempt ends. */
final class TestPosts implements Posts {

    final List<Ticket> given = new ArrayList<>();
    long lastSuccess;

    @Override
    public void add(Ticket ticket) {
        given.add(ticket);
    }

    @Override
    public void run() {
        // Nothing is held back.
    }

    @Override
    public boolean isOpen(String subscription) {
        return true;
    }

    @Override
    public long lastSuccess(String subscription) {
        return lastSuccess;
    }

    /** The ids of those that were not taken back, and ends them so. */
    List<String> end(Outcome.Kind kind) {
        List<String> ids = new ArrayList<>();
        for (Ticket ticket : List.copyOf(given)) {
            if (Tickets.take(ticket)) {
                ids.add(ticket.delivery().occurrence().id());
                Tickets.end(ticket, new Outcome(kind, "HTTP", Duration.ZERO, Duration.ZERO));
            }
        }
        given.clear();
        return ids;
    }
}
