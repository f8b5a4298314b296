package io.callweave.cli.local;

import io.callweave.bridge.account.Connection;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.ProgressLine;
import io.callweave.cli.deliver.WaitOptions;
import io.callweave.cli.role.RingCentralSettings;
import io.callweave.cli.whole.ConsoleBeside;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.cli.whole.PostedCalls;
import io.callweave.cli.whole.WholeCommand;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.demo.CallsWatch;
import io.callweave.demo.Ink;
import io.callweave.demo.ShownCalls;
import io.callweave.ringcentral.Patience;
import io.callweave.runtime.StopSignal;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.ConnectionWay;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code local}: the whole product in this process, for one's own RingCentral account, without a public address. */
@Command(
        name = "local",
        description = {
            "See the calls of your RingCentral account: the whole product in one process, over a WebSocket;"
                    + " with bridge.public-url, over webhooks; with the transport pubnub, over PubNub.",
            "Needs the credentials of an app; without them it says how to get them. The data stays for the next start."
                    + " Ctrl-C ends it."
        },
        footer = {"", "Examples:", "  callweave local", "  callweave local --data-dir my-calls --calls calls.ndjson"})
public final class LocalCommand extends WholeCommand {

    private static final int TOKEN_BYTES = 16;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep the data here (the folder local beside that of state.dir).")
    private @Nullable Path dataDirectory;

    @Mixin
    private WaitOptions wait = new WaitOptions();

    public LocalCommand() {
        super(KnownSettings.RINGCENTRAL_SERVER, KnownSettings.RINGCENTRAL_CLIENT_ID, KnownSettings.RINGCENTRAL_FILTERS);
    }

    @Override
    protected int run(Settings given) throws IOException, InterruptedException {
        Duration duration = checkCommonOptions();
        WaitFor waitFor = wait.waitFor(spec());
        TopicPlan.need(given, Topic.LIVE_CALLS, "local: it counts the calls that go on");
        Connection connection = RingCentralSettings.ownConnection(given);
        if (connection == null) {
            LocalGuide.firstSteps(messages());
            return ExitStatus.WRONG_USAGE;
        }
        // Before anything logs: logback.xml reads them.
        System.setProperty("callweave.kafka-log-level", "OFF");
        System.setProperty("callweave.log-level", "ERROR");
        System.setProperty("callweave.gap-log-level", "OFF");
        ProgressLine progress = ProgressLine.to(messages());
        Path directory = directory(given);
        progress.say("asking RingCentral");
        String account = OwnAccount.of(
                RingCentralSettings.server(given, Patience.OF_PEOPLE), connection, transport(given), directory);
        try (StopSignal stop = StopSignal.heed();
                OutputStream records = records();
                EmbeddedStack product =
                        EmbeddedStack.start(given, own(given, account), directory, kafkaPort(), progress::say);
                CallsWatch watch = new CallsWatch(
                        product.bootstrapServers(),
                        product.settings().get(KnownSettings.TOPICS_PREFIX),
                        Instant.EPOCH)) {
            progress.say("connecting to RingCentral");
            OwnConnection.awaitFirst(product, stop);
            progress.clear();
            LocalGuide.print(
                    messages(), product, ConsoleBeside.start(product, directory, List.of()), account, directory);
            var unused = product.topology().awaitRunning();
            ShownCalls shown = new ShownCalls(watch, records, stdout(), progress::clear, new Ink(isColored()));
            PostedCalls posted = postTo(product, directory, waitFor);
            return new LocalShow(product, watch, shown, posted, messages(), progress).run(stop, duration);
        }
    }

    private Path directory(Settings given) {
        Path named = dataDirectory;
        return (named == null ? given.get(KnownSettings.STATE_DIR).resolveSibling("local") : named)
                .toAbsolutePath()
                .normalize();
    }

    /** The bridge accepts this account only: over the transport that fits. */
    private static Map<String, String> own(Settings given, String account) {
        Map<String, String> own = new HashMap<>();
        given.effective().stream()
                .filter(setting -> setting.name().startsWith("ringcentral."))
                .forEach(setting -> setting.value().ifPresent(value -> own.put(setting.name(), value)));
        own.put(KnownSettings.RINGCENTRAL_CLIENT_SECRET.name(), given.get(KnownSettings.RINGCENTRAL_CLIENT_SECRET));
        own.put(KnownSettings.RINGCENTRAL_JWT.name(), given.get(KnownSettings.RINGCENTRAL_JWT));
        own.put(KnownSettings.RINGCENTRAL_TRANSPORT.name(), transport(given).name());
        given.find(KnownSettings.BRIDGE_PUBLIC_URL).ifPresent(url -> {
            own.put(KnownSettings.BRIDGE_PUBLIC_URL.name(), url.toString());
            // Whatever makes the address public must know it, so it cannot be a free one.
            own.put(KnownSettings.BRIDGE_PORT.name(), String.valueOf(given.get(KnownSettings.BRIDGE_PORT)));
        });
        own.put(KnownSettings.BRIDGE_ACCOUNTS.name(), account);
        own.put(
                KnownSettings.BRIDGE_ACCOUNT_TOKENS.name(),
                account + "=" + token(account, given.get(KnownSettings.RINGCENTRAL_CLIENT_SECRET)));
        return own;
    }

    /** PubNub only by request: RingCentral offers it to older applications. */
    private static ConnectionWay transport(Settings given) {
        if (given.get(KnownSettings.RINGCENTRAL_TRANSPORT) == ConnectionWay.PUBNUB) {
            return ConnectionWay.PUBNUB;
        }
        return given.find(KnownSettings.BRIDGE_PUBLIC_URL).isPresent()
                ? ConnectionWay.WEBHOOK
                : ConnectionWay.WEBSOCKET;
    }

    /**
     * The webhook's verification token: the next start must know it, because the subscription lives on, and nobody else may.
     * RingCentral takes 32 characters.
     */
    private static String token(String account, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] hash = mac.doFinal(account.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA-256.", e);
        }
    }
}
