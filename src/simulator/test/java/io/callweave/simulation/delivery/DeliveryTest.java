package io.callweave.simulation.delivery;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final PhoneCall ONE = call().inbound("+15550100002")
            .answeredBy("104")
            .attendedTransferTo("106")
            .hangUp();
    private static final PhoneCall OTHER =
            call().inbound("+15550100003").queue("Support", "101", "102").abandoned();
    private static final Delivery PLAIN = Delivery.of(ONE, OTHER);

    @Test
    void shouldArriveInTheOrderOfSending() {
        assertThat(PLAIN.lines())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ONE.lines().stream(), OTHER.lines().stream())
                        .toList());
        assertThat(PLAIN.notifications()).extracting(Notification::sentAt).isSorted();
    }

    @Test
    void shouldArriveInAnotherOrderWithoutLoss() {
        Delivery late = PLAIN.shuffled(7, Duration.ofSeconds(8));

        assertThat(late.lines()).isNotEqualTo(PLAIN.lines()).containsExactlyInAnyOrderElementsOf(PLAIN.lines());
        assertThat(PLAIN.shuffled(7, Duration.ofSeconds(8)).lines()).isEqualTo(late.lines());
    }

    @Test
    void shouldRepeatByteForByte() {
        Delivery all = PLAIN.duplicated(1);

        assertThat(all.lines()).hasSize(2 * PLAIN.lines().size());
        assertThat(all.lines().stream().distinct()).hasSameSizeAs(PLAIN.lines());
    }

    @Test
    void shouldCopyOnlyEventsOfExtensionsAndOnlyTheirBodies() {
        List<Notification> all = PLAIN.withExtensionCopies(1).notifications();

        List<Notification> copies = all.stream()
                .filter(notification -> !PLAIN.lines().contains(notification.json()))
                .toList();
        assertThat(copies).isNotEmpty().allSatisfy(copy -> {
            Notification original = original(copy);
            assertThat(copy.tree().path("event").asText()).contains("/extension/");
            assertThat(copy.tree().path("body")).isEqualTo(original.tree().path("body"));
            assertThat(copy.tree().path("uuid")).isNotEqualTo(original.tree().path("uuid"));
            assertThat(copy.tree().path("subscriptionId"))
                    .isNotEqualTo(original.tree().path("subscriptionId"));
        });
    }

    @Test
    void shouldLoseTheDroppedNotifications() {
        assertThat(PLAIN.dropped(1.0).lines()).isEmpty();
        assertThat(PLAIN.dropped(0.0).lines()).isEqualTo(PLAIN.lines());
        assertThat(PLAIN.dropped(notification -> notification.sequence() == 2).notifications())
                .noneMatch(notification -> notification.sequence() == 2)
                .hasSize(PLAIN.lines().size() - 3);
    }

    @Test
    void shouldSplitWithoutLossAndKeepSessionsTogetherIfRequested() {
        assertThat(lines(PLAIN.split(3))).containsExactlyInAnyOrderElementsOf(PLAIN.lines());

        List<Delivery> bySession = PLAIN.splitBySession(4);
        assertThat(lines(bySession)).containsExactlyInAnyOrderElementsOf(PLAIN.lines());
        for (String session : ONE.telephonySessionIds()) {
            assertThat(bySession.stream()
                            .filter(part -> part.notifications().stream()
                                    .anyMatch(notification ->
                                            notification.telephonySessionId().equals(session))))
                    .hasSize(1);
        }
    }

    @Test
    void shouldBeAFileOfLines() {
        assertThat(new String(PLAIN.bytes(), StandardCharsets.UTF_8).lines()).containsExactlyElementsOf(PLAIN.lines());
    }

    @Test
    void shouldRefuseTheSameCallTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Delivery.of(ONE, ONE))
                .withMessageContaining("seed");
    }

    private static Notification original(Notification copy) {
        return PLAIN.notifications().stream()
                .filter(notification -> notification.sequence() == copy.sequence()
                        && notification.telephonySessionId().equals(copy.telephonySessionId()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(List<Delivery> parts) {
        return parts.stream().flatMap(part -> part.lines().stream()).toList();
    }
}
