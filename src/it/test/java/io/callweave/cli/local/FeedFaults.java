package io.callweave.cli.local;

import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.local.BoundPort;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.local.Signals;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of an account in real time, with everything going wrong that can on the way: is each wrong record marked? Run by
 * hand: {@code FeedFaults websocket PAUSE} or {@code FeedFaults pubnub PAUSE} (two bridges; one is stopped for so many
 * seconds), {@code FeedFaults webhook 0} (one bridge), {@code FeedFaults webhooks 0} (two bridges behind one address), and
 * with {@code local-} before it the same with the command {@code local}. It takes some minutes, mostly waiting.
 */
final class FeedFaults {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration IDLE = Duration.ofSeconds(90);
    private static final int SEATS = 150;
    private static final String PREFIX = "callweave.";

    private final Path directory = Files.createTempDirectory("feed-faults");
    private final BoundPort kafkaPort = new BoundPort();
    private final List<BoundPort> webhookPorts = List.of(new BoundPort(), new BoundPort());
    private final List<BoundPort> healthPorts = List.of(new BoundPort(), new BoundPort());
    private final BoundPort streamsPort = new BoundPort();
    private final List<Process> processes = new ArrayList<>();
    private final boolean webhook;
    private final boolean webhooks;
    private final boolean pubnub;
    private final boolean local;
    private final LiveCalls calls;
    private final PlatformServer platform;
    private final RoundRobinFront front =
            new RoundRobinFront(webhookPorts.stream().map(BoundPort::number).toList());
    private @Nullable EmbeddedKafka kafka;

    private FeedFaults(String mode, Duration span) throws IOException {
        webhooks = mode.equals("webhooks");
        webhook = mode.endsWith("webhook") || webhooks;
        pubnub = mode.endsWith("pubnub");
        local = mode.startsWith("local");
        calls = new LiveCalls(SEATS, span);
        PlatformOptions options = PlatformOptions.of(List.of(calls.account())).withoutRateLimits();
        platform = PlatformServer.start(options, Clock.systemUTC());
    }

    public static void main(String[] args) throws Exception {
        int pause = Integer.parseInt(args[1]);
        FeedFaults run = new FeedFaults(args[0], Duration.ofSeconds((args[0].equals("webhooks") ? 420 : 340) + pause));
        boolean passed = false;
        try {
            if (run.local) {
                run.local(pause);
            } else {
                run.cluster(pause);
            }
            passed = run.judge();
        } finally {
            run.processes.forEach(Process::destroyForcibly);
            run.platform.close();
            if (run.kafka != null) {
                run.kafka.close();
            }
        }
        System.exit(passed ? 0 : 1);
    }

    private void local(int pause) throws Exception {
        List<String> arguments = credentials();
        arguments.add(0, "local");
        arguments.add("--data-dir=" + directory.resolve("data"));
        arguments.add("--kafka-port=" + kafkaPort.number());
        arguments.add("--completion-max-idle=" + IDLE.toSeconds() + "s");
        if (webhook) {
            arguments.add("--bridge-port=" + webhookPorts.get(0).number());
        } else {
            arguments.removeIf(
                    argument -> (!pubnub && argument.contains("transport")) || argument.contains("public-url"));
        }
        Process process = start("local", arguments);
        await().atMost(PATIENCE).until(() -> platform.subscriptions() > 0 || !process.isAlive());
        say("subscribed: " + process.isAlive());
        calls.start(platform);
        pass(40);
        feedFaults();
        say("killing local, starting it again");
        process.destroyForcibly().waitFor();
        if (webhook) {
            expireWithABridgeInBetween(start("local", arguments));
        }
        Process again = start("local", arguments);
        pass(60);
        if (pause > 0) {
            say("SIGSTOP of local for " + pause + " s");
            Signals.send("STOP", again);
            pass(pause);
            Signals.send("CONT", again);
            say("goes on, connections: " + platform.faults().connections());
            await().atMost(PATIENCE)
                    .until(() -> webhook || pubnub || platform.faults().connections() > 0 || !again.isAlive());
            say("connected again, alive: " + again.isAlive());
            pass(60);
        }
    }

    private void cluster(int pause) throws Exception {
        startKafka();
        run("topics", "create", "--bootstrap-servers=127.0.0.1:" + kafkaPort.number(), "--partitions=2");
        Process topology = streams();
        while (!answers(streamsPort.number(), "/health/ready", "")) {
            // On a loaded machine, brokers can need longer than a start waits for them.
            topology = topology.isAlive() ? topology : streams();
            pass(1);
        }
        Process[] bridges = {bridge(0), webhook && !webhooks ? null : bridge(1)};
        await().atMost(PATIENCE).until(() -> platform.subscriptions() > 0);
        say("subscribed");
        calls.start(platform);
        pass(40);
        feedFaults();
        say("Kafka is away for 20 s");
        kafka.close();
        pass(20);
        startKafka();
        pass(20);
        int holder = webhook && !webhooks ? 0 : holder();
        if (webhooks) {
            say("subscriptions and access tokens expired");
            platform.faults().expireAccessTokens();
            platform.faults().expireSubscriptions();
        }
        say("kill -9 of bridge " + holder);
        bridges[holder].destroyForcibly().waitFor();
        long killed = System.nanoTime();
        if (webhook && !webhooks) {
            expireWithABridgeInBetween(bridge(0));
            bridges[0] = bridge(0);
        } else {
            awaitConnected(1 - holder);
            say("taken over after " + secondsSince(killed) + " s");
            pass(20);
            bridges[holder] = bridge(holder);
        }
        pass(30);
        if (webhooks) {
            say("kill -9 of bridge " + (1 - holder));
            bridges[1 - holder].destroyForcibly().waitFor();
            pass(30);
            bridges[1 - holder] = bridge(1 - holder);
            pass(30);
        }
        if (pause > 0) {
            int stopped = holder();
            say("SIGSTOP of bridge " + stopped + " for " + pause + " s");
            Signals.send("STOP", bridges[stopped]);
            long began = System.nanoTime();
            awaitConnected(1 - stopped);
            say("taken over after " + secondsSince(began) + " s");
            pass((int) (pause - secondsSince(began)));
            Signals.send("CONT", bridges[stopped]);
            pass(40);
            say("connections: " + platform.faults().connections());
        }
    }

    private Process streams() throws IOException {
        return start(
                "streams",
                List.of(
                        "streams",
                        "--bootstrap-servers=127.0.0.1:" + kafkaPort.number(),
                        "--state-dir=" + directory.resolve("state"),
                        "--http-port=" + streamsPort.number(),
                        "--completion-max-idle=" + IDLE.toSeconds() + "s"));
    }

    /** Subscriptions expire, and the next start notices. */
    private void expireWithABridgeInBetween(Process between) throws InterruptedException {
        pass(40);
        say("subscriptions and access tokens expired; killed once more");
        platform.faults().expireAccessTokens();
        platform.faults().expireSubscriptions();
        pass(5);
        between.destroyForcibly().waitFor();
    }

    /** All that needs no process. */
    private void feedFaults() throws InterruptedException {
        platform.faults().deliver(DeliveryFaults.parse("shuffled=2s,duplicated=10%"));
        if (webhook) {
            // Nothing is looked after for up to ten minutes, unless RingCentral reminds.
            say("answers 503 to RingCentral's API, expired tokens");
            platform.faults().refuse("/restapi", 503, 2, 0);
            platform.faults().forgetTokens();
            pass(10);
            say("blacklisted");
            platform.faults().blacklist();
        } else if (pubnub) {
            say("connections to PubNub cut");
            platform.faults().disconnect();
            pass(20);
            say("access tokens expired; PubNub is away for 60 s");
            platform.faults().expireAccessTokens();
            platform.faults().pubNubAway(true);
            pass(60);
            platform.faults().pubNubAway(false);
            pass(20);
            say("tokens forgotten, subscriptions expired");
            platform.faults().forgetTokens();
            platform.faults().expireSubscriptions();
            pass(75); // looked after once a minute
        } else {
            say("disconnected");
            platform.faults().disconnect();
            pass(20);
            say("access tokens expired, disconnected");
            platform.faults().expireAccessTokens();
            platform.faults().disconnect();
            pass(20);
            say("tokens forgotten, then disconnected beyond recovery");
            platform.faults().forgetTokens();
            platform.faults().refuse("/restapi", 503, 2, 0);
            platform.faults().disconnectForGood();
        }
        pass(25);
    }

    private boolean judge() throws Exception {
        var truths = calls.finish();
        String brokers = "127.0.0.1:" + kafkaPort.number();
        say(truths.size() + " calls were made; waiting for the last records");
        pass((int) IDLE.toSeconds() + 20);
        CallsByTruth found = CallsByTruth.read(brokers, PREFIX);
        found.gaps().forEach(gap -> say("gap " + gap));
        CallsByTruth.Verdict verdict = found.judge(truths);
        say(verdict.calls() + " calls, " + verdict.records() + " records: " + verdict.right() + " right, "
                + verdict.marked() + " wrong and marked, " + verdict.missingInGap()
                + " lost in a gap or in a marked record; " + verdict.withHeader() + " with feedGap");
        verdict.bad().forEach(bad -> say("WRONG AND NOT MARKED: " + bad));
        return verdict.bad().isEmpty();
    }

    private List<String> credentials() {
        String account = calls.account();
        return new ArrayList<>(List.of(
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + account,
                "--ringcentral-client-secret=secret-" + account,
                "--ringcentral-jwt=jwt-" + account,
                "--ringcentral-transport=" + (webhook ? "webhook" : pubnub ? "pubnub" : "websocket"),
                "--ringcentral-pubnub-server=" + platform.address(),
                "--bridge-public-url=http://127.0.0.1:"
                        + (webhooks ? front.port() : webhookPorts.get(0).number()),
                "--ringcentral-filters=/restapi/v1.0/account/~/telephony/sessions?sipData=true"));
    }

    private Process bridge(int index) throws IOException {
        List<String> arguments = credentials();
        arguments.add(0, "bridge");
        arguments.add("--bootstrap-servers=127.0.0.1:" + kafkaPort.number());
        arguments.add("--bridge-accounts=" + calls.account());
        arguments.add("--bridge-port=" + webhookPorts.get(index).number());
        arguments.add("--http-port=" + healthPorts.get(index).number());
        arguments.add("--state-dir=" + directory.resolve("bridge-state-" + index));
        arguments.add("--bridge-spool-dir=" + directory.resolve("spool-" + index));
        if (!webhook) {
            arguments.removeIf(argument -> argument.contains("public-url"));
        }
        return start("bridge-" + index, arguments);
    }

    private int holder() {
        await().atMost(PATIENCE).until(() -> connected(0) || connected(1));
        return connected(0) ? 0 : 1;
    }

    private void awaitConnected(int index) {
        await().atMost(PATIENCE).until(() -> connected(index));
    }

    private boolean connected(int index) {
        return answers(
                healthPorts.get(index).number(),
                "/health/accounts",
                "\"state\":\"" + (webhook ? "active" : "connected") + "\"");
    }

    /** Whether it answers with these words; without any, whether all is well. */
    private static boolean answers(int port, String path, String words) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return words.isEmpty() ? answer.statusCode() == 200 : answer.body().contains(words);
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void startKafka() {
        kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withPort(kafkaPort.number()));
    }

    private Process start(String name, List<String> arguments) throws IOException {
        Process process = CommandProcess.start(
                directory.resolve(name + ".out"),
                directory.resolve(name + "-" + processes.size() + ".err"),
                arguments.toArray(String[]::new));
        processes.add(process);
        say(name + ": " + directory.resolve(name + "-" + (processes.size() - 1) + ".err"));
        return process;
    }

    private static void run(String... arguments) throws Exception {
        CommandProcess done = CommandProcess.run(null, arguments);
        if (done.status() != 0) {
            throw new IllegalStateException(Arrays.toString(arguments) + ": " + done.err());
        }
    }

    private static void pass(int seconds) throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(Math.max(0, seconds)).toMillis());
    }

    private static long secondsSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
    }

    private static void say(String what) {
        System.out.println(LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS) + " " + what);
    }
}
