package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallLimits;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.message.StageOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * What is in the stores is all that counts: a stage that is started anew at any time, as often as may be, goes on as if nothing
 * had happened.
 */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class RestartPropertiesTest {

    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofSeconds(6),
            Duration.ofSeconds(61),
            Duration.ofHours(4).plusSeconds(1));

    /** Below the late window, within which facts still count. */
    private static final Duration LONGEST = Duration.ofHours(20);

    @Property(tries = 100)
    void shouldComeToTheRecordsOfTheCoreOverRestarts(@ForAll PhoneCalls calls, @ForAll Random random) {
        check(ofAll(calls), random, CallLimits.DEFAULT);
    }

    @Property(tries = 100)
    void shouldComeToTheRecordsOfTheCoreWhereRevisionsAreSpacedOut(@ForAll PhoneCalls calls, @ForAll Random random) {
        check(ofAll(calls), random, TopologyKit.spacedFrom(2, CallLimits.DEFAULT));
    }

    @Property(tries = 150)
    void shouldComeToTheRecordsOfTheCoreOverRestartsWhateverComes(@ForAll Chaos chaos, @ForAll Random random) {
        check(chaos.notifications(), random, CallLimits.DEFAULT);
    }

    @Property(tries = 150)
    void shouldComeToTheRecordsOfTheCoreWhereRevisionsAreSpacedOutWhateverComes(
            @ForAll Chaos chaos, @ForAll Random random) {
        check(chaos.notifications(), random, TopologyKit.spacedFrom(2, CallLimits.DEFAULT));
    }

    private static List<Notification> ofAll(PhoneCalls calls) {
        return calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .toList();
    }

    private static void check(List<Notification> notifications, Random random, CallLimits limits) {
        RestartedStage stage = new RestartedStage();
        stage.restart(limits);
        CallsFold fold = new CallsFold();
        List<String> partyEvents = new ArrayList<>();
        Duration passed = Duration.ZERO;
        for (Notification notification : shuffledAndDoubled(notifications, random)) {
            stage.receive(notification.bytes());
            restartSometimes(stage, random, limits);
            Duration pause = PAUSES.get(random.nextInt(PAUSES.size()));
            if (passed.plus(pause).compareTo(LONGEST) < 0) {
                passed = passed.plus(pause);
                stage.pass(pause.toMillis());
                restartSometimes(stage, random, limits);
            }
            take(stage, fold, partyEvents);
        }
        stage.pass(CallOptions.DEFAULT.waits().maxIdle().toMillis() + 1);
        take(stage, fold, partyEvents);

        // That revisions count 1, 2, 3 … is what the fold sees to.
        assertThat(fold.records()).isEqualTo(AssembledCalls.of(notifications));
        assertThat(fold.sessionsCountedTwice()).isEmpty();
        Set<String> places = new HashSet<>();
        notifications.forEach(notification -> places.add(place(notification.json())));
        assertThat(partyEvents).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(places);
    }

    private static void restartSometimes(RestartedStage stage, Random random, CallLimits limits) {
        if (random.nextInt(4) == 0) {
            stage.restart(limits);
        }
    }

    private static void take(RestartedStage stage, CallsFold fold, List<String> partyEvents) {
        List<StageOutput> out = stage.taken();
        RestartedStage.only(StageOutput.CallEmission.class, out)
                .forEach(call ->
                        fold.add(StageOutput.callKey(call.accountId(), call.callId()), RestartedStage.json(call)));
        RestartedStage.only(StageOutput.OrderedEvent.class, out)
                .forEach(event -> partyEvents.add(event.accountId() + " " + event.telephonySessionId() + " "
                        + placeOfEvent(new String(event.json(), UTF_8))));
    }

    private static String placeOfEvent(String json) {
        var tree = TopologyKit.tree(json);
        return tree.path("sequence").asLong() + " " + tree.path("partyId").asText();
    }

    private static String place(String json) {
        var event = new io.callweave.notification.NotificationReader()
                .read(json.getBytes(UTF_8))
                .events()
                .get(0);
        return event.session().accountId() + " " + event.session().telephonySessionId() + " " + event.sequence() + " "
                + event.partyId();
    }

    private static List<Notification> shuffledAndDoubled(List<Notification> notifications, Random random) {
        List<Notification> all = new ArrayList<>(notifications);
        for (Notification notification : notifications) {
            if (random.nextInt(3) == 0) {
                all.add(notification);
            }
        }
        Collections.shuffle(all, random);
        return all;
    }
}
