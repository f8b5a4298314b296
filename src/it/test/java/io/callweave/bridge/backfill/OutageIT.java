package io.callweave.bridge.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls while the feed was away come from the Call Log, and give way to what was seen, and to what comes late. */
class OutageIT {

    private static final int TIMES_FASTER = 60;

    /** So many calls are seen late. */
    private static final int MOST_LATE = 200;

    @TempDir
    private Path folder;

    @Test
    void shouldBringTheCallsOfAGapAndGiveWayToLateNotifications() throws Exception {
        bringCallsOfAGap(40);
    }

    @Tag("full")
    @Test
    void shouldBringFiveThousandCallsOfAGap() throws Exception {
        bringCallsOfAGap(5_000);
    }

    private void bringCallsOfAGap(int calls) throws Exception {
        Instant start = Instant.now().minus(Duration.ofMinutes(50));
        Part seen = new Part(1, start, 20);
        Part lost = new Part(2, start.plus(Duration.ofMinutes(1)), calls);
        PlatformOptions options = PlatformOptions.of(List.of(seen.account)).withSpeed(TIMES_FASTER);
        try (PlatformServer platform = PlatformServer.start(options, Clock.systemUTC());
                EmbeddedStack product = product(platform, seen.account)) {
            var unused = product.topology().awaitRunning();
            await().until(() -> platform.faults().connections() == 1);
            seen.notifications.forEach(platform::publish);
            seen.truths.forEach(platform::ended);
            await().untilAsserted(() ->
                    assertThat(seen.truth().differences(newest(product))).isEmpty());
            List<String> before = records(product);

            platform.faults().disconnectForGood();
            lost.truths.forEach(platform::ended);
            await().until(() -> platform.faults().connections() == 1);

            Set<String> sessions = sessions(lost.truths);
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> backfilled(product).equals(sessions));
            List<String> after = records(product);
            assertThat(after.subList(0, before.size()))
                    .as("nothing that was seen changes")
                    .isEqualTo(before);
            assertThat(after).as("none twice").hasSize(before.size() + sessions.size());

            CommandProcess again = CommandProcess.run(null, command(platform, product, seen.account, start));
            assertThat(again.err()).contains("0 log records go to calls.", sessions.size() + " are known");
            assertThat(again.status()).isZero();

            Part old = new Part(3, start.minus(Duration.ofDays(30)), 5);
            old.truths.forEach(platform::ended);
            Thread.sleep(1_000); // the log is so late
            CommandProcess none =
                    CommandProcess.run(null, command(platform, product, old.account, start.minus(Duration.ofDays(30))));
            assertThat(none.err())
                    .contains("0 log records go to calls.", " are of closed calls, which stay as they are.");
            assertThat(records(product)).hasSize(after.size());

            List<CallTruth> late = lost.truths.subList(0, Math.min(MOST_LATE, lost.truths.size()));
            Set<String> comeLate = sessions(late);
            lost.notifications.stream()
                    .filter(each -> comeLate.contains(each.telephonySessionId()))
                    .forEach(platform::publish);
            List<CallTruth> whole = new ArrayList<>(seen.truths);
            whole.addAll(late);
            sessions.removeAll(comeLate);
            await().atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
                List<String> ordinary = new ArrayList<>(newest(product));
                ordinary.removeIf(OutageIT::isBackfilled);
                assertThat(Truth.ofCalls(whole).differences(ordinary)).isEmpty();
                assertThat(backfilled(product)).isEqualTo(sessions);
            });
        }
    }

    private EmbeddedStack product(PlatformServer platform, String account) {
        Map<String, String> own = new HashMap<>();
        own.put(KnownSettings.BRIDGE_ACCOUNTS.name(), account);
        own.put(KnownSettings.RINGCENTRAL_SERVER.name(), platform.address());
        own.put(KnownSettings.RINGCENTRAL_CLIENT_ID.name(), "client-" + account);
        own.put(KnownSettings.RINGCENTRAL_CLIENT_SECRET.name(), "secret-" + account);
        own.put(KnownSettings.RINGCENTRAL_JWT.name(), "jwt-" + account);
        own.put(KnownSettings.RINGCENTRAL_TRANSPORT.name(), "websocket");
        own.put(KnownSettings.RINGCENTRAL_FILTERS.name(), "/restapi/v1.0/account/~/telephony/sessions?sipData=true");
        own.put(KnownSettings.BACKFILL_SETTLE.name(), "3s");
        own.put(KnownSettings.BACKFILL_WAIT.name(), "2s");
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

    private static Set<String> sessions(List<CallTruth> calls) {
        Set<String> sessions = new HashSet<>();
        for (CallTruth call : calls) {
            WireJson.read(call.json())
                    .path("sessions")
                    .forEach(session ->
                            sessions.add(session.path("telephonySessionId").asText()));
        }
        return sessions;
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

    /** Calls of a contact centre, whole. */
    private static final class Part {

        private final List<Notification> notifications = new ArrayList<>();
        private final List<CallTruth> truths = new ArrayList<>();
        private final String account;

        private Part(long seed, Instant start, int calls) {
            Traffic traffic = new Traffic(
                    new CentreSize(seed, 1, 40 + calls, start, Duration.ofMinutes(20), true), DeliveryFaults.NONE);
            account = traffic.accounts().get(0);
            while (traffic.hasNext() && truths.size() < calls) {
                Traffic.Item item = traffic.next();
                if (item.notification() != null) {
                    notifications.add(item.notification());
                }
                truths.addAll(item.told());
            }
            Set<String> whole = sessions(truths);
            notifications.removeIf(each -> !whole.contains(each.telephonySessionId()));
        }

        private Truth truth() {
            return Truth.ofCalls(truths);
        }
    }
}
