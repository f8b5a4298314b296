package io.callweave.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTrafficTest {

    private static final CallTemplates TEMPLATES = CallTemplates.make();
    private static final long START = 1_800_000_000_000L;
    private static final double GAP = 200;
    private static final int ACCOUNTS = 7;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FINAL = Set.of("Disconnected", "Gone");

    private final LiveTraffic traffic = new LiveTraffic(TEMPLATES, ACCOUNTS, START, GAP, LiveTraffic.LINKED_SHARE);
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(String session, String text, long receivedAt) {

        JsonNode body() throws IOException {
            return JSON.readTree(text).path("body");
        }
    }

    private void take(String session, byte[] notification, long receivedAt) {
        sent.add(new Sent(session, new String(notification, UTF_8), receivedAt));
    }

    @Test
    void shouldEndEveryPartyOfEverySession() throws IOException {
        traffic.mixed(5_000, this::take);

        traffic.rest(this::take);

        Map<String, TreeMap<Long, String>> byParty = new HashMap<>();
        for (Sent one : sent) {
            JsonNode party = one.body().path("parties").path(0);
            byParty.computeIfAbsent(party.path("id").asText(), id -> new TreeMap<>())
                    .put(
                            one.body().path("sequence").asLong(),
                            party.at("/status/code").asText());
        }
        assertThat(byParty).hasSizeGreaterThan(1_000);
        byParty.forEach((party, statuses) ->
                assertThat(statuses.lastEntry().getValue()).as(party).isIn(FINAL));
    }

    @Test
    void shouldLinkThePromisedShareOfSessions() {
        traffic.mixed(20_000, this::take);

        double share = traffic.linkedShare();

        assertThat(share).isCloseTo(LiveTraffic.LINKED_SHARE, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void shouldLinkAnotherShareOfSessionsIfAsked(double linked) {
        LiveTraffic other = new LiveTraffic(TEMPLATES, ACCOUNTS, START, GAP, linked);

        other.mixed(20_000, this::take);

        assertThat(other.linkedShare()).isCloseTo(linked, within(0.01));
    }

    @Test
    void shouldCountTheCallsThatGoOn() {
        traffic.mixed(5_000, this::take);
        int during = traffic.live();

        traffic.rest(this::take);

        assertThat(during).isPositive();
        assertThat(traffic.live()).isZero();
    }

    @Test
    void shouldGiveEachCallItsOwnSessionsAndAccount() {
        traffic.mixed(5_000, this::take);

        NotificationReader reader = new NotificationReader();
        Set<String> accounts = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (Sent one : sent) {
            ParseResult reading = reader.read(one.text().getBytes(UTF_8));
            assertThat(reading.rejection()).isNull();
            PartyEvent event = reading.events().get(0);
            assertThat(event.session().telephonySessionId()).isEqualTo(one.session());
            accounts.add(event.session().accountId());
            numbers.add(LiveTraffic.sessionNumber(one.session()));
        }
        assertThat(accounts).hasSize(ACCOUNTS);
        assertThat(Collections.min(numbers)).isZero();
        assertThat(Collections.max(numbers)).isLessThan((int) traffic.sessions());
    }

    @Test
    void shouldHappenInSimulatedTime() throws IOException {
        traffic.mixed(5_000, this::take);

        assertThat(sent).extracting(Sent::receivedAt).isSorted();
        assertThat(sent.get(0).receivedAt()).isEqualTo(START);
        assertThat(traffic.now()).isEqualTo(sent.get(sent.size() - 1).receivedAt());
        for (Sent one : sent) {
            long eventTime =
                    Instant.parse(one.body().path("eventTime").asText()).toEpochMilli();
            assertThat(one.receivedAt() - eventTime).isBetween(-1_000L, 5_000L);
        }
    }

    @Test
    void shouldBeTheSameTwice() {
        LiveTraffic again = new LiveTraffic(TEMPLATES, ACCOUNTS, START, GAP, LiveTraffic.LINKED_SHARE);
        List<Sent> sentAgain = new ArrayList<>();
        traffic.brief(100, Long.MAX_VALUE, this::take);
        traffic.mixed(2_000, this::take);

        again.brief(
                100,
                Long.MAX_VALUE,
                (session, text, time) -> sentAgain.add(new Sent(session, new String(text, UTF_8), time)));
        again.mixed(2_000, (session, text, time) -> sentAgain.add(new Sent(session, new String(text, UTF_8), time)));

        assertThat(sentAgain.equals(sent)).isTrue();
    }

    @Test
    void shouldGoOnLikeTheWholeTrafficAfterOnlyTheCallsThatLast() {
        long time = START + 30 * 60_000;
        List<Long> whole = new ArrayList<>();
        LiveTraffic other = new LiveTraffic(TEMPLATES, ACCOUNTS, START, GAP, LiveTraffic.LINKED_SHARE);
        other.mixed(200_000, (session, text, receivedAt) -> whole.add(receivedAt));

        while (traffic.happensUntil(time)) {
            traffic.goingOnAt(time, 1_000, this::take);
        }

        int before = sent.size();
        assertThat(sent).extracting(Sent::receivedAt).isSorted().allMatch(receivedAt -> receivedAt <= time);
        assertThat(before).isBetween(traffic.live(), 20 * traffic.live());
        assertThat(traffic.begun()).isEqualTo(traffic.live());
        traffic.mixed(5_000, this::take);
        assertThat(sent.subList(before, sent.size()))
                .extracting(Sent::receivedAt)
                .isEqualTo(whole.stream()
                        .filter(receivedAt -> receivedAt > time)
                        .limit(5_000)
                        .toList());
    }

    @Test
    void shouldBeginTheRequestedNumberOfBriefCalls() {
        long notifications = traffic.brief(1_000, Long.MAX_VALUE, this::take);

        assertThat(traffic.begun()).isEqualTo(1_000);
        assertThat(traffic.calls()).isEqualTo(1_000);
        assertThat(notifications).isEqualTo(sent.size()).isLessThanOrEqualTo(6_000);
    }
}
