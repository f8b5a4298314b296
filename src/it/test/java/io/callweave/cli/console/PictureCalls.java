package io.callweave.cli.console;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The calls of a small company up to now, for the picture in the documentation. */
final class PictureCalls {

    private static final List<String> CALLERS =
            List.of("+14155550130", "+442079460214", "+493055500114", "+33639980085", "+12125550102", "+16175550159");
    private static final int FINISHED = 90;

    private PictureCalls() {}

    /** The one whose drawer is open: it ends now. */
    static PhoneCall shown(Instant now) {
        return shownFrom(now.minus(Duration.between(now, shownFrom(now).endTime())));
    }

    private static PhoneCall shownFrom(Instant begin) {
        return start(7, begin)
                .inbound("+14155550130")
                .ivr("Main menu")
                .queue("Sales", "103", "101")
                .answeredBy("101")
                .after(14, SECONDS)
                .attendedTransferTo("102")
                .after(100, SECONDS)
                .otherSideHangsUp()
                .after(150, SECONDS);
    }

    /** What has been sent until now. */
    static List<Notification> sent(Instant now) {
        List<Notification> all = new ArrayList<>(shown(now).notifications());
        for (int number = 0; number < FINISHED; number++) {
            Instant begin = now.minus(Duration.ofSeconds(420 + 170L * number));
            all.addAll(finished(number, start(100 + number, begin)).notifications());
        }
        live(now)
                .flatMap(phoneCall -> phoneCall.notifications().stream())
                .filter(notification -> !notification.eventTime().isAfter(now))
                .forEach(all::add);
        return all;
    }

    private static Stream<PhoneCall> live(Instant now) {
        return Stream.of(
                queued(start(1, now.minusSeconds(41)), "+12125550102", "Sales")
                        .hangUp()
                        .after(9, MINUTES),
                queued(start(2, now.minusSeconds(18)), "+442079460388", "Support")
                        .hangUp()
                        .after(9, MINUTES),
                start(3, now.minusSeconds(160))
                        .inbound("+493055500114")
                        .queue("Sales", "103", "104")
                        .answeredBy("103")
                        .after(9, SECONDS)
                        .hangUp()
                        .after(9, MINUTES),
                start(4, now.minusSeconds(95))
                        .inbound("+33639980085")
                        .queue("Support", "105", "106")
                        .answeredBy("106")
                        .after(17, SECONDS)
                        .hold()
                        .after(50, SECONDS)
                        .hangUp()
                        .after(9, MINUTES),
                start(5, now.minusSeconds(230))
                        .outbound("104", "+16175550159")
                        .answered()
                        .after(11, SECONDS)
                        .hangUp()
                        .after(9, MINUTES),
                start(6, now.minusSeconds(4))
                        .inbound("+16175550187")
                        .answeredBy("105")
                        .after(30, SECONDS)
                        .hangUp());
    }

    private static PhoneCall queued(CallStart start, String from, String queue) {
        return start.inbound(from).queue(queue, "101", "102").answeredBy("101").after(3, MINUTES);
    }

    private static PhoneCall finished(int number, CallStart start) {
        String agent = "10" + (1 + number % 6);
        String other = "10" + (1 + (number + 2) % 6);
        PhoneCall inbound = start.inbound(CALLERS.get(number % CALLERS.size()));
        PhoneCall queue = inbound.queue(number % 3 == 0 ? "Support" : "Sales", agent, other);
        return switch (number % 15) {
            case 2 ->
                start.internal(agent, other)
                        .answered()
                        .after(5, SECONDS)
                        .hangUp()
                        .after(52, SECONDS);
            case 4 -> queue.abandoned().after(131, SECONDS);
            case 6 -> inbound.voicemailOf(agent).hangUp().after(39, SECONDS);
            case 8 ->
                start.outbound(agent, "+442079460214")
                        .answered()
                        .after(14, SECONDS)
                        .hangUp()
                        .after(3, MINUTES);
            case 10 ->
                queue.answeredBy(agent)
                        .after(21, SECONDS)
                        .transferredTo(other)
                        .hangUp()
                        .after(100, SECONDS);
            case 12 ->
                queue.answeredBy(agent)
                        .after(8, SECONDS)
                        .onHold(30, SECONDS)
                        .hangUp()
                        .after(70, SECONDS);
            default ->
                queue.answeredBy(agent)
                        .after(6 + number % 19, SECONDS)
                        .hangUp()
                        .after(50 + 37L * (number % 7), SECONDS);
        };
    }

    private static CallStart start(long seed, Instant time) {
        return call().seeded(seed).startingAt(time);
    }
}
