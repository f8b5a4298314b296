package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.call.PartyEvent;
import io.callweave.call.Waits;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
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
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * A replay gives out what the real topology does: the same records with the same revisions, for the same reasons, in the same
 * order, each with the same news as its cause.
 */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class ReplayTest {

    private static final NotificationReader READER = new NotificationReader();

    /** From nothing up to longer than the late window of these tests. */
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

    /** After the retention of markers, a straggler begins a call anew, with revision 1. */
    private static final Duration LONGEST = Duration.ofDays(6);

    private static final Limits NARROW = new Limits(6, 2, 8, 4 << 20);

    /** The two side by side, on the same clock. */
    private static final class SideBySide implements AutoCloseable {

        private final TopologyKit kit;
        private final Replay replay;
        private final List<String> replayed = new ArrayList<>();
        private final List<String> emitted = new ArrayList<>();
        private Duration passed = Duration.ZERO;
        private long tooLate;
        private long compared;

        SideBySide(CallRules rules, Limits limits) {
            kit = new TopologyKit(rules, Timing.DEFAULT, limits);
            replay = new Replay(rules, Timing.DEFAULT, limits);
            pass(Duration.ofMillis(1)); // lets the kit's clock begin
        }

        void receive(byte[] notification) {
            kit.receive(notification);
            note(replay.passTo(kit.now().toEpochMilli()));
            for (PartyEvent event : READER.read(notification).events()) {
                Replay.Step step = replay.accept(event);
                tooLate += step.fate() == Replay.Fate.TOO_LATE ? 1 : 0;
                note(step.emissions());
            }
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

        private void note(List<Replay.Emission> emissions) {
            emissions.forEach(
                    emission -> replayed.add(emission.reason().wireName() + " " + new String(emission.json(), UTF_8)));
        }

        private void compare() {
            kit.emitted()
                    .forEach(emission ->
                            emitted.add(emission.headers().get(Headers.COMPLETION_REASON) + " " + emission.json()));
            assertThat(replayed).isEqualTo(emitted);
            compared += emitted.size();
            replayed.clear();
            emitted.clear();
        }

        void end() {
            pass(Duration.ofMillis(Waits.DEFAULT.maxIdle()).plusSeconds(1));
            assertThat(kit.deadLetters()).hasSize((int) tooLate);
        }

        @Override
        public void close() {
            kit.close();
        }
    }

    @Example
    void shouldGiveOutWhatTheTopologyDoesForAllSamples() throws IOException {
        Random random = new Random(4);
        for (String folder : List.of("acceptance", "real")) {
            for (Path file : samples(folder)) {
                List<byte[]> lines = new ArrayList<>();
                Files.readAllLines(file).forEach(line -> lines.add(line.getBytes(UTF_8)));
                assertThat(check(lines, random, CallRules.DEFAULT, Limits.DEFAULT, 40))
                        .isPositive();
                Collections.shuffle(lines, random);
                assertThat(check(lines, random, CallRules.DEFAULT, Limits.DEFAULT, 40))
                        .isPositive();
            }
        }
    }

    @Property(tries = 40)
    void shouldGiveOutWhatTheTopologyDoesWhateverComes(
            @ForAll Chaos chaos, @ForAll Random random, @ForAll boolean gapsCount, @ForAll boolean narrow) {
        var unused = check(
                inAnyOrder(chaos.notifications(), random),
                random,
                new CallRules(gapsCount),
                narrow ? NARROW : Limits.DEFAULT,
                1);
    }

    @Property(tries = 10)
    void shouldGiveOutWhatTheTopologyDoesForBelievableCalls(@ForAll PhoneCalls calls, @ForAll Random random) {
        List<Notification> notifications = calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .toList();
        var unused = check(inAnyOrder(notifications, random), random, CallRules.DEFAULT, Limits.DEFAULT, 4);
    }

    /**
     * Receives what there is, and lets time pass in between.
     *
     * @param often time passes after one notification in so many
     * @return how many records were the same
     */
    private static long check(List<byte[]> lines, Random random, CallRules rules, Limits limits, int often) {
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
        try (var files = Files.list(Path.of("src", "test", "resources", folder))) {
            return files.filter(file -> !file.toString().endsWith(".calls.ndjson"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
