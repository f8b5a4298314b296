package io.callweave.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.KafkaSink;
import io.callweave.bridge.KafkaSinkSettings;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.TimestampSource;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.console.app.ConsoleRole;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole product in this process with a console, and people with names. */
final class ConsoleAtWork implements AutoCloseable {

    static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;

    private static final Map<String, String> PEOPLE = Map.of(
            "101", "Dana Reyes",
            "102", "Milo Brandt",
            "103", "Kim Larsen",
            "104", "Ines Duarte",
            "105", "Arif Khan",
            "106", "Lena Vogt");

    private final EmbeddedStack product;
    private final Map<String, String> settings;
    private ConsoleRole console;
    private boolean alone;

    private ConsoleAtWork(EmbeddedStack product, Map<String, String> settings) {
        this.product = product;
        this.settings = settings;
        console = started(settings);
    }

    private static ConsoleRole started(Map<String, String> settings) {
        return ConsoleRole.start(Settings.load(settings, Map.of(), Optional.empty()));
    }

    /** @param tokens in the form of the setting; empty for none */
    static ConsoleAtWork start(Path folder, String zone, String tokens) throws InterruptedException {
        EmbeddedStack product = EmbeddedStack.start(
                Settings.defaults(),
                Map.of(
                        KnownSettings.APPLICATION_ID.name(),
                        "console-it",
                        KnownSettings.COMPLETION_SEQUENCE_GAPS.name(),
                        "ignore",
                        KnownSettings.METRICS_TIME_ZONE.name(),
                        zone,
                        KnownSettings.BRIDGE_ACCOUNTS.name(),
                        ACCOUNT.id(),
                        KnownSettings.BRIDGE_ACCOUNT_TOKENS.name(),
                        ACCOUNT.id() + "=0123456789abcdef0123456789abcdef"),
                folder,
                0,
                step -> {});
        try {
            new DirectoryTopic(
                            Map.of(KnownSettings.BOOTSTRAP_SERVERS.name(), product.bootstrapServers()),
                            Topic.DIRECTORY.name(product.settings().get(KnownSettings.TOPICS_PREFIX)))
                    .write(DirectoryChanges.between(
                            Map.of(),
                            Set.of(),
                            PEOPLE.entrySet().stream()
                                    .map(person -> entry(person.getKey(), person.getValue()))
                                    .toList(),
                            false));
            var unused = product.topology().awaitRunning();
            Map<String, String> mine = new HashMap<>();
            mine.put(KnownSettings.BOOTSTRAP_SERVERS.name(), product.bootstrapServers());
            mine.put(KnownSettings.APPLICATION_ID.name(), "console-it");
            mine.put(KnownSettings.METRICS_TIME_ZONE.name(), zone);
            mine.put(KnownSettings.CONSOLE_PORT.name(), "0");
            mine.put(KnownSettings.HTTP_PORT.name(), "0");
            mine.put(
                    KnownSettings.CONSOLE_DATA_DIR.name(),
                    folder.resolve("console").toString());
            mine.put(KnownSettings.COMPLETION_SEQUENCE_GAPS.name(), "ignore");
            mine.put(KnownSettings.CONSOLE_TOKENS.name(), tokens);
            return new ConsoleAtWork(product, mine);
        } catch (RuntimeException e) {
            product.close();
            throw e;
        }
    }

    private static DirectoryEntry entry(String number, String name) {
        return new DirectoryEntry(
                ACCOUNT.id(), ACCOUNT.extension(number).id(), name, DirectoryEntry.USER, null, null, null);
    }

    /** Starts one more, beside the first one: with these settings, and a store of its own. */
    ConsoleRole startAnother(Map<String, String> more) {
        Map<String, String> own = new HashMap<>(settings);
        own.put(KnownSettings.CONSOLE_PORT.name(), "0");
        own.put(
                KnownSettings.CONSOLE_DATA_DIR.name(),
                settings.get(KnownSettings.CONSOLE_DATA_DIR.name()) + "-another");
        own.putAll(more);
        return started(own);
    }

    /** Stops the console alone. */
    void stopConsole() {
        settings.put(
                KnownSettings.CONSOLE_PORT.name(),
                Integer.toString(URI.create(console.address()).getPort()));
        console.close();
    }

    /** Stops all but the console, for good. */
    void stopKafka() {
        alone = true;
        product.close();
    }

    /** Starts it again, at the same address and with an empty store. */
    void startConsole() {
        console = started(settings);
    }

    /** As the directory has them, in JSON. */
    static String names() {
        StringBuilder names = new StringBuilder();
        PEOPLE.values().forEach(each -> names.append("\"name\":\"").append(each).append("\","));
        return names.toString();
    }

    boolean isReady() {
        return console.isReady();
    }

    String address() {
        return console.address();
    }

    /** Of the page, with a fragment such as "#/calls". */
    String address(String fragment) {
        return console.address() + "/" + fragment;
    }

    /** Of a call over the list. */
    String callAddress(String callId) {
        return address("#/call/" + ACCOUNT.id() + "/" + callId);
    }

    /** How many finished calls the console finds with this text. */
    int callsWith(String text) throws IOException, InterruptedException {
        HttpRequest asked = HttpRequest.newBuilder(URI.create(address("v1/calls/statistics")))
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}"))
                .build();
        String answer =
                HttpClient.newHttpClient().send(asked, BodyHandlers.ofString()).body();
        return new ObjectMapper().readTree(answer).path("calls").asInt();
    }

    /** Takes notifications in as the bridge does. */
    void takeIn(List<Notification> notifications) {
        takeInBodies(notifications.stream().map(Notification::json).toList());
    }

    /** The same of any text. */
    void takeInBodies(List<String> bodies) {
        String prefix = product.settings().get(KnownSettings.TOPICS_PREFIX);
        IntakeRules rules = IntakeRules.of(prefix, 1 << 20).withTimestamps(TimestampSource.RECEIVED);
        try (KafkaSink sink = new KafkaSink(KafkaSinkSettings.of(product.bootstrapServers()))) {
            Intake intake = new Intake(rules, sink, IntakeListener.NONE, InstantSource.system());
            for (String body : bodies) {
                var unused = intake.accept(Owner.ANYBODY, body.getBytes(UTF_8), new Receipt("test", 1, "test:1"));
            }
            sink.flush();
        }
    }

    @Override
    public void close() {
        try {
            console.close();
        } finally {
            if (!alone) {
                product.close();
            }
        }
    }
}
