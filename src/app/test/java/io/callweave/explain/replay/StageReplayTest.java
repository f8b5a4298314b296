package io.callweave.explain.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * A replay emits the same as the real topology: the same records with the same revisions, for the same reasons, in the
 * same order, each with the same notification as its cause.
 */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class StageReplayTest {

    private static final NotificationReader READER = new NotificationReader();

    /** From zero to longer than the late window of these tests. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(1),
            Duration.ofMillis(1_200),
            Duration.ofSeconds(5),
            Duration.ofSeconds(6),
            Duration.ofSeconds(31),
            Duration.ofSeconds(61),
            Duration.ofHours(4),
            Duration.ofHours(30));

    /** After the retention of markers, a late event begins a new call, with revision 1. */
    private static final Duration LONGEST = Duration.ofDays(6);

    private static final Notification ANY =
            PhoneCall.call().inbound("+15550100002").hangUp().notifications().get(0);

    private static final CallLimits NARROW = new CallLimits(6, 2, 8, 4 << 20);

    /** The replay and the topology, side by side, on the same clock. */
    private static final class SideBySide implements AutoCloseable {

        private final TopologyKit kit;
        private final StageReplay replay;
        private final List<String> replayed = new ArrayList<>();
        private final List<String> emitted = new ArrayList<>();
        private Duration passed = Duration.ZERO;
        private long tooLate;
        private long compared;

        SideBySide(CallRules rules, CallLimits limits) {
            kit = new TopologyKit(CallOptions.DEFAULT.with(rules).with(limits));
            replay = new StageReplay(CallOptions.DEFAULT.with(rules).with(limits));
            pass(Duration.ofMillis(1)); // starts the kit's clock
        }

        void receive(byte[] notification) {
            kit.receive(notification);
            note(replay.passTo(kit.now().toEpochMilli()));
            StageReplay.Step step = replay.accept(READER.read(notification).events());
            // The notification is one dead letter, however many parties it has.
            tooLate += step.effects().stream().anyMatch(effect -> effect.fate() == StageReplay.Fate.TOO_LATE) ? 1 : 0;
            note(step.emissions());
            compare();
        }

        void passInTime(Duration time) {
            if (passed.plus(time).compareTo(LONGEST) < 0) {
                pass(time);
            }
        }

        private void pass(Duration time) {
            passed = passed.plus(time);
            kit.pass(time);
            note(replay.passTo(kit.now().toEpochMilli()));
            compare();
        }

        private void note(List<StageReplay.Emission> emissions) {
            emissions.forEach(
                    emission -> replayed.add(emission.reason().wireName() + " " + new String(emission.json(), UTF_8)));
        }

        private void compare() {
            kit.emitted()
                    .forEach(emission ->
                            // The replay's state does not outlive the process, so it has no epoch.
                            emitted.add(emission.headers().get(Headers.COMPLETION_REASON) + " "
                                    + emission.json().replaceFirst("\"epoch\":\\d+", "\"epoch\":0")));
            assertThat(replayed).isEqualTo(emitted);
            compared += emitted.size();
            replayed.clear();
            emitted.clear();
        }

        void end() {
            pass(CompletionTimeouts.DEFAULT.maxIdle().plusSeconds(1));
            assertThat(kit.deadLetters()).hasSize((int) tooLate);
        }

        @Override
        public void close() {
            kit.close();
        }
    }

    @Example
    void shouldEmitTheTopologysRecordsForRealCalls() throws IOException {
        checkSamples("real");
    }

    /** Several hundred calls. */
    @Example
    @Tag("full")
    void shouldEmitTheTopologysRecordsForAcceptedCalls() throws IOException {
        checkSamples("acceptance");
    }

    private static void checkSamples(String folder) throws IOException {
        Random random = new Random(4);
        for (Path file : samples(folder)) {
            List<byte[]> lines = new ArrayList<>();
            Files.readAllLines(file).forEach(line -> lines.add(line.getBytes(UTF_8)));
            assertThat(check(lines, random, CallRules.DEFAULT, CallLimits.DEFAULT, 40))
                    .isPositive();
            Collections.shuffle(lines, random);
            assertThat(check(lines, random, CallRules.DEFAULT, CallLimits.DEFAULT, 40))
                    .isPositive();
        }
    }

    @Property(tries = 40)
    void shouldEmitTheTopologysRecordsForAnyEvents(
            @ForAll Chaos chaos, @ForAll Random random, @ForAll boolean gapsCount, @ForAll boolean narrow) {
        var unused = check(
                inAnyOrder(chaos.notifications(), random),
                random,
                new CallRules(gapsCount),
                narrow ? NARROW : CallLimits.DEFAULT,
                1);
    }

    /** The call is never over before its end: p-2 ends in the notification with which p-3 begins. */
    @Example
    void shouldTakeThePartiesOfANotificationTogether() {
        List<byte[]> lines = List.of(
                notification(2, "p-1", "Setup"),
                notification(3, "p-2", "Proceeding"),
                notification(4, "p-1", "Disconnected"),
                notification(5, "p-2", "Disconnected", "p-3", "Setup"),
                notification(6, "p-3", "Disconnected"));

        try (SideBySide both = new SideBySide(CallRules.DEFAULT, CallLimits.DEFAULT)) {
            lines.forEach(both::receive);
            both.end();

            assertThat(both.compared).as("revisions").isEqualTo(1);
        }
    }

    @Property(tries = 40)
    void shouldEmitTheTopologysRecordsForNotificationsOfSeveralParties(
            @ForAll Chaos chaos, @ForAll Random random, @ForAll boolean narrow) {
        var unused = check(
                inAnyOrder(merged(chaos.notifications(), random), random),
                random,
                CallRules.DEFAULT,
                narrow ? NARROW : CallLimits.DEFAULT,
                1);
    }

    @Property(tries = 10)
    void shouldEmitTheTopologysRecordsForRealisticCalls(@ForAll PhoneCalls calls, @ForAll Random random) {
        List<Notification> notifications = calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .toList();
        var unused = check(inAnyOrder(notifications, random), random, CallRules.DEFAULT, CallLimits.DEFAULT, 4);
    }

    /**
     * Receives the notifications, and lets time pass in between.
     *
     * @param often how many notifications there are between two pauses
     * @return how many records were equal
     */
    private static long check(List<byte[]> lines, Random random, CallRules rules, CallLimits limits, int often) {
        try (SideBySide both = new SideBySide(rules, limits)) {
            for (byte[] line : lines) {
                both.receive(line);
                if (random.nextInt(often) == 0) {
                    both.passInTime(PAUSES.get(random.nextInt(PAUSES.size())));
                }
            }
            both.end();
            return both.compared;
        }
    }

    /** A notification about these parties, each followed by its status. */
    private static byte[] notification(long sequence, String... parties) {
        return TopologyKit.edited(ANY, tree -> {
                    ObjectNode one = TopologyKit.party(tree);
                    ArrayNode all =
                            TopologyKit.body(tree).put("sequence", sequence).putArray("parties");
                    for (int i = 0; i < parties.length; i += 2) {
                        ObjectNode party = one.deepCopy().put("id", parties[i]);
                        ((ObjectNode) party.path("status")).put("code", parties[i + 1]);
                        all.add(party);
                    }
                })
                .bytes();
    }

    /** Some of them have the parties of others of their session, too, which are left out then. */
    private static List<Notification> merged(List<Notification> notifications, Random random) {
        List<Notification> left = new ArrayList<>(notifications);
        List<Notification> merged = new ArrayList<>();
        while (!left.isEmpty()) {
            Notification one = left.remove(0);
            for (Notification other : List.copyOf(left)) {
                if (random.nextBoolean() && isMergeable(one, other)) {
                    left.remove(other);
                    one = TopologyKit.edited(one, tree -> ((ArrayNode) tree.at("/body/parties")).add(other.party()));
                }
            }
            merged.add(one);
        }
        return merged;
    }

    private static boolean isMergeable(Notification one, Notification other) {
        return one.account().equals(other.account())
                && one.telephonySessionId().equals(other.telephonySessionId())
                && !one.tree()
                        .at("/body/parties")
                        .findValuesAsText("id")
                        .contains(other.party().path("id").asText());
    }

    private static List<byte[]> inAnyOrder(List<Notification> notifications, Random random) {
        List<byte[]> all = new ArrayList<>();
        for (Notification notification : notifications) {
            all.add(notification.bytes());
            if (random.nextInt(4) == 0) {
                all.add(notification.bytes());
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static List<Path> samples(String folder) {
        try (var files = Files.list(Path.of("src", "samples", folder))) {
            return files.filter(file -> !file.toString().endsWith(".calls.ndjson"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
