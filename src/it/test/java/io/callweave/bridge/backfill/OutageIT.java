package io.callweave.bridge.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
import io.callweave.testcalls.WholeCalls;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topology.CallsFold;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls while the feed was away come from the Call Log, and give way to what was seen, and to what comes late. */
class OutageIT {

    private static final int TIMES_FASTER = 60;

    /** So many calls are seen late. */
    private static final int MOST_LATE = 200;

    /** How long each step may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void shouldBringTheCallsOfAGapAndGiveWayToLateNotifications() throws Exception {
        bringCallsOfAGap(40, Duration.ZERO, Duration.ofSeconds(3), Duration.ofSeconds(2));
    }

    /** Ten minutes away, and the waits of the defaults. */
    @Tag("full")
    @Test
    void shouldBringFiveThousandCallsOfAGap() throws Exception {
        bringCallsOfAGap(5_000, faster(10), faster(15), faster(15));
    }

    private static Duration faster(int minutes) {
        return Duration.ofMinutes(minutes).dividedBy(TIMES_FASTER);
    }

    private void bringCallsOfAGap(int calls, Duration away, Duration settle, Duration wait) throws Exception {
        Instant start = Instant.now().minus(Duration.ofMinutes(50));
        WholeCalls seen = WholeCalls.of(1, start, 20);
        WholeCalls lost = WholeCalls.of(2, start.plus(Duration.ofMinutes(1)), calls);
        PlatformOptions options = PlatformOptions.of(List.of(seen.account())).withSpeed(TIMES_FASTER);
        try (PlatformServer platform = PlatformServer.start(options, Clock.systemUTC());
                EmbeddedStack product = product(platform, seen.account(), settle, wait)) {
            var unused = product.topology().awaitRunning();
            awaiting().until(() -> platform.faults().connections() == 1);
            seen.notifications().forEach(platform::publish);
            seen.truths().forEach(platform::ended);
            awaiting()
                    .untilAsserted(() -> assertThat(Truth.ofCalls(seen.truths()).differences(newest(product)))
                            .isEmpty());
            List<String> before = records(product);

            leave(platform, away);
            lost.truths().forEach(platform::ended);
            awaiting().until(() -> platform.faults().connections() == 1);

            Set<String> sessions = lost.sessions();
            awaiting().until(() -> backfilled(product).equals(sessions));
            say(product, settle, wait);
            List<String> after = records(product);
            assertThat(after.subList(0, before.size()))
                    .as("nothing that was seen changes")
                    .isEqualTo(before);
            assertThat(after).as("none twice").hasSize(before.size() + sessions.size());

            CommandProcess again = CommandProcess.run(null, command(platform, product, seen.account(), start));
            assertThat(again.err()).contains("0 log records go to calls.", sessions.size() + " are known");
            assertThat(again.status()).isZero();
            System.out.println(again.err());

            WholeCalls old = WholeCalls.of(3, start.minus(Duration.ofDays(30)), 5);
            old.truths().forEach(platform::ended);
            Thread.sleep(1_000); // the log is so late
            CommandProcess none = CommandProcess.run(
                    null, command(platform, product, old.account(), start.minus(Duration.ofDays(30))));
            assertThat(none.err())
                    .contains("0 log records go to calls.", " are of closed calls, which stay as they are.");
            assertThat(records(product)).hasSize(after.size());

            WholeCalls late = lost.first(MOST_LATE);
            late.notifications().forEach(platform::publish);
            List<CallTruth> whole = new ArrayList<>(seen.truths());
            whole.addAll(late.truths());
            sessions.removeAll(late.sessions());
            awaiting().untilAsserted(() -> {
                List<String> ordinary = new ArrayList<>(newest(product));
                ordinary.removeIf(OutageIT::isBackfilled);
                assertThat(Truth.ofCalls(whole).differences(ordinary)).isEmpty();
                assertThat(backfilled(product)).isEqualTo(sessions);
            });
        }
    }

    private static ConditionFactory awaiting() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1));
    }

    /** Cuts the feed, which comes back after this time, without what it missed. */
    private static void leave(PlatformServer platform, Duration away) throws InterruptedException {
        Instant back = Instant.now().plus(away);
        do {
            platform.faults().disconnectForGood();
            Thread.sleep(100);
        } while (Instant.now().isBefore(back));
    }

    /** When the calls came, seen from the time at which the log of the gap that brought them had settled. */
    private static void say(EmbeddedStack product, Duration settle, Duration wait) {
        String prefix = product.settings().get(KnownSettings.TOPICS_PREFIX);
        TopicReader topics = new TopicReader(product.bootstrapServers());
        TreeSet<Long> times = new TreeSet<>();
        topics.readByPartition(Topic.CALLS.name(prefix), call -> {
            if (isBackfilled(new String(call.value(), UTF_8))) {
                times.add(call.timestamp());
            }
        });
        TreeSet<Long> due = new TreeSet<>();
        topics.readByPartition(
                Topic.FEED_GAPS.name(prefix),
                gap -> due.add(FeedGapJson.read(gap.value()).to() + settle.toMillis() + wait.toMillis()));
        long from = due.floor(times.first());
        System.out.println("The calls came " + (times.first() - from) + " to " + (times.last() - from)
                + " ms after the log had settled and backfill.wait was over.");
    }

    private EmbeddedStack product(PlatformServer platform, String account, Duration settle, Duration wait) {
        Map<String, String> own = new HashMap<>();
        own.put(KnownSettings.BRIDGE_ACCOUNTS.name(), account);
        own.put(KnownSettings.RINGCENTRAL_SERVER.name(), platform.address());
        own.put(KnownSettings.RINGCENTRAL_CLIENT_ID.name(), "client-" + account);
        own.put(KnownSettings.RINGCENTRAL_CLIENT_SECRET.name(), "secret-" + account);
        own.put(KnownSettings.RINGCENTRAL_JWT.name(), "jwt-" + account);
        own.put(KnownSettings.RINGCENTRAL_TRANSPORT.name(), "websocket");
        own.put(KnownSettings.RINGCENTRAL_FILTERS.name(), "/restapi/v1.0/account/~/telephony/sessions?sipData=true");
        own.put(KnownSettings.BACKFILL_SETTLE.name(), settle.toMillis() + "ms");
        own.put(KnownSettings.BACKFILL_WAIT.name(), wait.toMillis() + "ms");
        return EmbeddedStack.start(Settings.defaults(), own, folder, 0, step -> {});
    }

    private static String[] command(PlatformServer platform, EmbeddedStack product, String account, Instant from) {
        return new String[] {
            "backfill",
            "--account=" + account,
            "--from=" + from.minus(Duration.ofMinutes(10)),
            "--bootstrap-servers=" + product.bootstrapServers(),
            "--ringcentral-server=" + platform.address(),
            "--ringcentral-client-id=client-" + account,
            "--ringcentral-client-secret=secret-" + account,
            "--ringcentral-jwt=jwt-" + account,
        };
    }

    /** The sessions of calls that only the log tells of. */
    private static Set<String> backfilled(EmbeddedStack product) {
        Set<String> sessions = new HashSet<>();
        for (String call : newest(product)) {
            if (isBackfilled(call)) {
                sessions.add(WireJson.read(call).path("callId").asText());
            }
        }
        return sessions;
    }

    private static boolean isBackfilled(String call) {
        return WireJson.read(call).path("status").asText().equals("backfilled");
    }

    private static List<String> newest(EmbeddedStack product) {
        return List.copyOf(CallsFold.of(records(product)).records().values());
    }

    /** In the order of their offsets, by partition; what comes later is behind. */
    private static List<String> records(EmbeddedStack product) {
        List<String> records = new ArrayList<>();
        new TopicReader(product.bootstrapServers())
                .readMerged(
                        Topic.CALLS.name(product.settings().get(KnownSettings.TOPICS_PREFIX)),
                        record -> records.add(new String(record.value(), UTF_8)));
        return records;
    }
}
