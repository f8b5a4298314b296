package io.callweave.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveState;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.notification.NotificationReader;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What holds for the live value of any calls, and of events that are no calls at all, at any moment of them. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class LiveCallPropertiesTest {

    private static final NotificationReader READER = new NotificationReader();

    @Property(tries = 300)
    void shouldNotDependOnTheOrderOfArrival(@ForAll Chaos chaos, @ForAll Random random) {
        List<PartyEvent> events = someOf(events(chaos.notifications()), random);
        List<String> inOrder = values(events);

        Collections.shuffle(events, random);

        assertThat(values(events)).isEqualTo(inOrder);
    }

    @Property(tries = 300)
    void shouldShowExactlyThePartiesThatAreNotOver(@ForAll PhoneCalls calls, @ForAll Random random) {
        List<Notification> all = calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .toList();

        for (Call call : calls(someOf(events(all), random))) {
            LiveCall live = LiveCall.of(call);
            CallRecord record = CallRecord.of(call, CallRules.DEFAULT);
            assertThat(live.parties().stream().map(party -> party.ref()).toList())
                    .isEqualTo(record.parties().stream()
                            .filter(party -> party.endTime() == null)
                            .map(party -> party.ref())
                            .toList());
            assertThat(live.answerTime()).isEqualTo(record.times().answerTime());
            assertThat(live.answeredBy()).isEqualTo(record.answeredBy());
        }
    }

    @Property(tries = 300)
    void shouldBeInItsStateSinceSomethingThatAPartyOrTheCallBegan(@ForAll Chaos chaos, @ForAll Random random) {
        for (Call call : calls(someOf(events(chaos.notifications()), random))) {
            LiveCall live = LiveCall.of(call);
            Set<Long> beginnings = new HashSet<>();
            live.parties().forEach(party -> beginnings.add(party.since()));
            if (live.state() == LiveState.CONNECTING) {
                assertThat(live.since()).isEqualTo(live.startTime());
            } else {
                assertThat(beginnings).contains(live.since());
            }
            if (live.state() == LiveState.TALKING) {
                assertThat(live.answeredBy()).isNotNull();
            }
        }
    }

    @Property(tries = 100)
    void shouldBeAsItsSchemaSays(@ForAll Chaos chaos, @ForAll Random random) {
        for (String value : values(someOf(events(chaos.notifications()), random))) {
            StrictSchemas.assertValue("live-calls", value);
            JsonNode tree = WireJson.read(value);
            assertThat(tree.path("status").asText()).isEqualTo("live");
        }
    }

    private static List<String> values(Collection<PartyEvent> events) {
        return calls(events).stream()
                .map(call -> new String(LiveCallJson.write(LiveCall.of(call)), UTF_8))
                .toList();
    }

    /** All sessions of one account as one call, whatever they name; one event after the other, as they arrive. */
    private static List<Call> calls(Collection<PartyEvent> events) {
        Map<String, Map<String, Session>> byAccount = new TreeMap<>();
        for (PartyEvent event : events) {
            SessionKey key = event.session();
            byAccount
                    .computeIfAbsent(key.accountId(), account -> new TreeMap<>())
                    .merge(
                            key.telephonySessionId(),
                            Session.empty(key).with(event),
                            (known, alone) -> known.with(event));
        }
        return byAccount.values().stream()
                .map(sessions -> Call.of(sessions.values(), List.of()))
                .toList();
    }

    private static List<PartyEvent> events(List<Notification> notifications) {
        return notifications.stream()
                .flatMap(notification -> READER.read(notification.bytes()).events().stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The call up to some moment. */
    private static List<PartyEvent> someOf(List<PartyEvent> events, Random random) {
        return events.isEmpty() ? events : new ArrayList<>(events.subList(0, 1 + random.nextInt(events.size())));
    }
}
