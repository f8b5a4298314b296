package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.callweave.console.store.NotificationPlace;
import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawNotificationsTest {

    private static final int MOST_BYTES = 1 << 20;
    private static final String TOPIC = "callweave.notifications";

    private static final String OF_A = """
            {"event": "/restapi/v1.0/account/A/telephony/sessions", "body": {"telephonySessionId": "s-1", "parties": []}}""";
    private static final String OF_NOBODY = """
            {"body": {"telephonySessionId": "s-1", "parties": []}}""";

    private final AtomicLong seconds = new AtomicLong();
    private final List<Long> handedOver = new ArrayList<>();
    private Masking masking = Masking.OFF;

    /** A poll takes a second if nothing is there. */
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration patience) {
            ConsumerRecords<byte[], byte[]> polled = super.poll(patience);
            polled.forEach(each -> handedOver.add(each.offset()));
            if (polled.isEmpty()) {
                seconds.incrementAndGet();
            }
            return polled;
        }
    };

    @ParameterizedTest
    @CsvSource({
        "A, A, true",
        "A, B, false",
        "'', A, true",
        "'', B, false",
    })
    void shouldBelongToTheAccountThatItNames(String header, String account, boolean shown) {
        assertThat(account.equals(RawNotifications.accountOf(notification(OF_A, header.isEmpty() ? null : header))))
                .isEqualTo(shown);
        assertThat(RawNotifications.accountOf(notification(OF_A, "B"))).isEqualTo("A");
    }

    @ParameterizedTest
    @CsvSource({"A, A, true", "B, A, false", "'', A, false"})
    void shouldElseBelongToTheAccountOfItsHeaderOrToNobody(String header, String account, boolean shown) {
        assertThat(account.equals(
                        RawNotifications.accountOf(notification(OF_NOBODY, header.isEmpty() ? null : header))))
                .isEqualTo(shown);
    }

    @Test
    void shouldReadWhatIsAtItsPlaces() {
        RawNotifications.Reading reading =
                read(List.of(place(1), place(3)), List.of(at(0, OF_A), at(1, OF_A), at(3, OF_A)));

        assertThat(reading.notifications())
                .extracting(RawNotifications.Raw::offset)
                .containsExactly(1L, 3L);
        assertThat(reading.part()).isNull();
    }

    @Test
    void shouldSayThatSomeAreNoLongerOnTheTopic() {
        RawNotifications.Reading reading = read(List.of(place(1), place(3)), List.of(at(0, OF_A), at(3, OF_A)));

        assertThat(reading.notifications()).hasSize(1);
        assertThat(reading.part()).isEqualTo(Part.DELETED);
    }

    @Test
    void shouldReadNoMoreBytesThanItMay() {
        String large = OF_A + " ".repeat(MOST_BYTES / 10);
        List<NotificationPlace> places = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            places.add(place(i));
            records.add(at(i, large));
        }

        RawNotifications.Reading reading = read(places, records);

        assertThat(reading.notifications()).hasSize(9);
        assertThat(reading.part()).isEqualTo(Part.BYTES);
    }

    @Test
    void shouldNotReadAllLargeNotificationsOfOthersBetweenItsPlaces() {
        String large = OF_A + " ".repeat(100_000);
        List<NotificationPlace> places = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            boolean isIts = i % 25 == 24;
            records.add(at(i, isIts ? OF_A : large));
            if (isIts) {
                places.add(place(i));
            }
        }

        RawNotifications.Reading reading = read(places, records);

        assertThat(reading.notifications())
                .extracting(RawNotifications.Raw::offset)
                .containsExactly(24L, 49L, 74L, 99L);
        assertThat(reading.part()).isNull();
        assertThat(handedOver).as("one of others in each gap").containsExactly(24L, 25L, 49L, 50L, 74L, 75L, 99L);
    }

    @Test
    void shouldReadOnOverFewSmallOnes() {
        read(List.of(place(0), place(3)), List.of(at(0, OF_A), at(1, OF_A), at(2, OF_A), at(3, OF_A)));

        assertThat(handedOver).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void shouldEndAsSoonAsNobodyWaitsForIt() {
        assertThatThrownBy(() -> read(
                        List.of(place(0), place(1), place(2)),
                        List.of(at(0, OF_A), at(1, OF_A), at(2, OF_A)),
                        ExcludedCalls.NONE,
                        () -> {
                            if (handedOver.size() == 2) {
                                throw new IllegalStateException("has left");
                            }
                        }))
                .hasMessage("has left");

        assertThat(handedOver).containsExactly(0L, 1L);
        assertThat(consumer.closed()).isTrue();
    }

    /** Others go first for longer than it waits for Kafka. */
    @Test
    void shouldReadAllAlsoIfOthersGoFirst() {
        RawNotifications.Reading reading = read(
                List.of(place(0), place(1)),
                List.of(at(0, OF_A), at(1, OF_A)),
                ExcludedCalls.NONE,
                () -> seconds.addAndGet(RawNotifications.PATIENCE.toSeconds()));

        assertThat(reading.notifications()).hasSize(2);
        assertThat(reading.part()).isNull();
    }

    @Test
    void shouldSayThatKafkaDidNotAnswerInTime() {
        RawNotifications.Reading reading = read(List.of(place(0), place(1)), List.of(at(0, OF_A)));

        assertThat(reading.notifications()).hasSize(1);
        assertThat(reading.part()).isEqualTo(Part.TIME);
    }

    @Test
    void shouldNotShowAnotherSessionThatHasTheSameHash() {
        NotificationPlace other = new NotificationPlace("A", "s-2", 0, 0, 0);

        assertThat(read(List.of(other), List.of(at(0, OF_A))).notifications()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatMustNotBeShownAndSaySo() {
        String hidden = OF_A.replaceFirst("\\{", "{\"phoneNumber\":\"+15550100\",");

        RawNotifications.Reading reading = read(
                List.of(place(0), place(1)),
                List.of(at(0, OF_A), at(1, hidden)),
                ExcludedCalls.parse("number:+15550100").orElseThrow(),
                () -> {});

        assertThat(reading.notifications())
                .extracting(RawNotifications.Raw::offset)
                .containsExactly(0L);
        assertThat(reading.part()).isEqualTo(Part.EXCLUDED);
    }

    @Test
    void shouldFindASessionByItsMaskedId() {
        masking = Masking.ON;
        NotificationPlace masked = new NotificationPlace("A", masking.callId("s 1"), 0, 0, 0);

        RawNotifications.Reading reading = read(
                List.of(masked),
                List.of(new ConsumerRecord<>(
                        TOPIC,
                        0,
                        0,
                        "s 1".getBytes(UTF_8),
                        OF_A.replace("s-1", "s 1").getBytes(UTF_8))));

        assertThat(reading.notifications()).hasSize(1);
        assertThat(masked.session()).isNotEqualTo("s 1");
    }

    @Test
    void shouldMaskWhatIsPersonalAndShowNothingThatCannotBeMasked() {
        String personal = OF_A.replaceFirst("\\{", "{\"phoneNumber\":\"+15550100\",\"displayName\":\"Ann Lee\",");
        masking = Masking.ON;

        RawNotifications.Reading reading =
                read(List.of(place(0), place(1)), List.of(at(0, personal), at(1, OF_A.replace("}}", "} Ann Lee"))));

        assertThat(reading.notifications())
                .singleElement()
                .extracting(RawNotifications.Raw::text, as(STRING))
                .contains("telephonySessionId", "displayName")
                .doesNotContain("5550100", "Ann", "Lee");
    }

    private RawNotifications.Reading read(
            List<NotificationPlace> places, List<ConsumerRecord<byte[], byte[]>> onTopic) {
        return read(places, onTopic, ExcludedCalls.NONE, () -> {});
    }

    private RawNotifications.Reading read(
            List<NotificationPlace> places,
            List<ConsumerRecord<byte[], byte[]>> onTopic,
            ExcludedCalls excluded,
            Runnable pace) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.setMaxPollRecords(1);
        consumer.schedulePollTask(() -> onTopic.forEach(consumer::addRecord));
        FeedConfig config = new FeedConfig(Map.of(), "callweave.", Duration.ofDays(1), 1, 1, masking, excluded);
        return new RawNotifications(config, () -> consumer, () -> seconds.get() * 1_000_000_000L)
                .read("A", places, MOST_BYTES, pace);
    }

    private static NotificationPlace place(long offset) {
        return new NotificationPlace("A", "s-1", 0, offset, offset);
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset, String text) {
        return new ConsumerRecord<>(TOPIC, 0, offset, "s-1".getBytes(UTF_8), text.getBytes(UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> notification(String text, @Nullable String header) {
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>("notifications", 0, 0, "s-1".getBytes(UTF_8), text.getBytes(UTF_8));
        if (header != null) {
            read.headers().add(Headers.ACCOUNT, header.getBytes(UTF_8));
        }
        return read;
    }
}
