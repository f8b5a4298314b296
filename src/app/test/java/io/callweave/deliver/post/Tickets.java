package io.callweave.deliver.post;

import io.callweave.deliver.Outcome;

/** What only lanes do with tickets, for tests of other packages. */
public final class Tickets {

    private Tickets() {}

    public static boolean take(Ticket ticket) {
        return ticket.take();
    }

    public static void end(Ticket ticket, Outcome outcome) {
        ticket.end(outcome);
    }
}
