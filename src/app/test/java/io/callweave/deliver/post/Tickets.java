package io.callweave.deliver.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.deliver.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;

/** What only lanes do with tickets, for tests of other packages; and bodies. */
public final class Tickets {

    private Tickets() {}

    public static boolean take(Ticket ticket) {
        return ticket.take() != null;
    }

    public static void end(Ticket ticket, Outcome outcome) {
        ticket.end(outcome);
    }

    public static void leaveValue(Ticket ticket) {
        ticket.leaveValue();
    }

    public static void ask(Ticket ticket, Runnable then) {
        ticket.ask(then);
    }

    static List<ByteBuffer> body(String text) {
        return List.of(UTF_8.encode(text));
    }

    static String text(List<ByteBuffer> body) {
        return body.stream()
                .map(part -> UTF_8.decode(part.duplicate()).toString())
                .collect(Collectors.joining());
    }
}
