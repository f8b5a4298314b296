package io.callweave.testcalls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The calls of the records in the documents. Readers can run them, so each is also a file of notifications in the test
 * resources. Sessions have short ids that name the example, such as {@code s-blind-A}.
 */
public final class ExampleCalls {

    private static final Duration LATE = Duration.ofMinutes(1);

    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    private ExampleCalls() {
        add("blind", answered().transferredTo("106").after(12, SECONDS).hangUp());
        add("attended", warmTransfer());
        add("conference", answered().conferenceWith("106", Cast.OUTSIDE).hangUp());
        add(
                "park",
                answered()
                        .parkedAt("801")
                        .fetchedFromParkBy("106")
                        .after(20, SECONDS)
                        .hangUp());
        add(
                "pickup",
                inbound().ringing("104").pickedUpBy("106").after(6, SECONDS).hangUp());
        add(
                "queue",
                inbound()
                        .queue("Support", "104", "105")
                        .queueMovesOnTo("106", "107")
                        .after(15, SECONDS)
                        .answeredBy("107")
                        .after(4, SECONDS)
                        .hangUp());
        add("devices", answered().switchedDevice().flipped().hangUp());
        add("supervision", answered().supervisedBy("109").supervisionEnds().hangUp());
        add("voicemail", inbound().voicemailOf("104").after(20, SECONDS).hangUp());
        add("fax", inbound().faxFor("104").after(38, SECONDS));
        add("recording", answered().recorded().recordingPaused().hangUp());
        addLostSession();
        addLateLink();
    }

    /** The lines of each file, by its name without the ending. */
    public static Map<String, List<String>> lines() {
        return new ExampleCalls().lines;
    }

    private static PhoneCall inbound() {
        return call().inbound(Cast.CUSTOMER);
    }

    private static PhoneCall answered() {
        return inbound().answeredBy("104").after(7, SECONDS);
    }

    private static PhoneCall warmTransfer() {
        return answered().attendedTransferTo("106").hangUp();
    }

    /** Nothing of the second session is delivered. */
    private void addLostSession() {
        PhoneCall call = warmTransfer();
        String second = call.telephonySessionIds().get(1);
        add("lost", call, without(call, one -> one.telephonySessionId().equals(second)));
    }

    /** The notification that links the two sessions arrives when both have been over for long. */
    private void addLateLink() {
        PhoneCall call = warmTransfer();
        Predicate<Notification> isLink = one -> one.party().at("/status").has("peerId");
        List<Notification> arriving = without(call, isLink);
        call.notifications().stream().filter(isLink).map(ExampleCalls::late).forEach(arriving::add);
        add("late-link", call, arriving);
    }

    private static List<Notification> without(PhoneCall call, Predicate<Notification> which) {
        return new ArrayList<>(Delivery.of(call).dropped(which).notifications());
    }

    private static Notification late(Notification one) {
        Instant sentAt = one.sentAt().plus(LATE);
        ObjectNode envelope = (ObjectNode) one.tree();
        envelope.put("timestamp", sentAt.toString());
        return new Notification(
                one.account(),
                one.telephonySessionId(),
                one.sequence(),
                one.eventTime(),
                sentAt,
                WireJson.text(envelope));
    }

    private void add(String name, PhoneCall call) {
        add(name, call, call.notifications());
    }

    private void add(String name, PhoneCall call, List<Notification> arriving) {
        List<String> texts = new ArrayList<>();
        for (Notification notification : arriving) {
            String text = notification.json();
            char letter = 'A';
            for (String session : call.telephonySessionIds()) {
                // Parties have the same digits after "p-".
                text = text.replace(session.substring(2), name + "-" + letter);
                letter++;
            }
            texts.add(text);
        }
        lines.put(name, List.copyOf(texts));
    }
}
