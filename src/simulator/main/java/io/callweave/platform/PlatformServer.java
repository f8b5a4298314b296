package io.callweave.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.delivery.FeedFaults;
import io.callweave.platform.delivery.NotificationFeed;
import io.callweave.platform.delivery.WebhookSender;
import io.callweave.platform.directory.DirectoryEndpoints;
import io.callweave.platform.directory.PlatformDirectory;
import io.callweave.platform.oauth.GrantedTokens;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.oauth.TokenEndpoint;
import io.callweave.platform.pubnub.Channels;
import io.callweave.platform.pubnub.PubNubEntry;
import io.callweave.platform.rest.PlatformApi;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.RequestFaults;
import io.callweave.platform.rest.UsageLimits;
import io.callweave.platform.subscription.SubscriptionEndpoints;
import io.callweave.platform.subscription.SubscriptionRegistry;
import io.callweave.platform.telephony.CallControlEndpoints;
import io.callweave.platform.telephony.CallLogEndpoints;
import io.callweave.platform.telephony.ControlledCalls;
import io.callweave.platform.telephony.PlatformCallLog;
import io.callweave.platform.telephony.PlatformCalls;
import io.callweave.platform.telephony.PlatformRecordings;
import io.callweave.platform.telephony.SessionStatusEndpoint;
import io.callweave.platform.websocket.WebSocketGateway;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** RingCentral's stand-in: an HTTP server with its API and its WebSocket gateway, for simulated calls. */
public final class PlatformServer implements AutoCloseable {

    private static final int THREADS = 32;
    private static final long TICK_MS = 200;
    private static final Pattern ACCOUNT = Pattern.compile("/[^?]*?/accounts?/(\\d+)/");
    private static final String CALLS = "/telephony/sessions";

    private final Server server;
    private final ServerConnector connector;
    private final String host;
    private final ScheduledExecutorService timer;
    private final NotificationFeed feed;
    private final PlatformFaults faults;
    private final PlatformDirectory directory;
    private final PlatformCalls history;
    private final PlatformCallLog callLog;
    private final PlatformRecordings recordings;
    private final ControlledCalls controlled;

    private PlatformServer(PlatformOptions options, Clock clock) {
        host = options.host();
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "platform-timer");
            thread.setDaemon(true);
            return thread;
        });
        UsageLimits limits = new UsageLimits(clock, options.rateLimits(), options.speed());
        RequestFaults requestFaults = new RequestFaults();
        GrantedTokens tokens = new GrantedTokens(clock, options.accessLife(), options.refreshLife());
        TokenEndpoint tokenEndpoint = new TokenEndpoint(options.accounts(), tokens, limits);
        SubscriptionRegistry subscriptions = new SubscriptionRegistry(clock, options.subscriptionLimit());
        WebhookSender webhooks = new WebhookSender(options.webhookPatience());
        FeedFaults feedFaults = new FeedFaults(options.seed(), options.faults());
        Channels channels = new Channels(clock);
        feed = new NotificationFeed(
                subscriptions, webhooks, channels, feedFaults, timer, clock, options.blacklistAfter());
        WebSocketGateway gateway = new WebSocketGateway(subscriptions, clock, options.gateway());
        directory = new PlatformDirectory(feed::publishDirectory);
        history = new PlatformCalls(clock);
        callLog = new PlatformCallLog(
                clock,
                options.accounts().stream().map(PlatformCredentials::accountId).toList(),
                options.speed());
        CallLogEndpoints callLogEndpoints = new CallLogEndpoints(history, callLog);
        faults = new PlatformFaults(
                tokens,
                subscriptions,
                gateway,
                channels,
                feed,
                feedFaults,
                requestFaults,
                callLog,
                callLogEndpoints,
                clock);

        recordings = new PlatformRecordings(clock);
        controlled = new ControlledCalls(clock, timer, this::emit);

        List<PlatformRoute> routes = new ArrayList<>(new SubscriptionEndpoints(subscriptions, webhooks).routes());
        routes.add(gateway.tokenRoute());
        routes.add(AccountEndpoint.route());
        routes.addAll(new DirectoryEndpoints(directory).routes());
        routes.add(new SessionStatusEndpoint(history).route());
        routes.addAll(new CallControlEndpoints(history, controlled).routes());
        routes.addAll(callLogEndpoints.routes());
        routes.add(recordings.route());
        PlatformApi api = new PlatformApi(
                routes,
                Map.of(TokenEndpoint.PATH, tokenEndpoint::answer, TokenEndpoint.REVOKE, tokenEndpoint::answer),
                tokens::caller,
                limits,
                requestFaults);

        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("platform");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(options.port());
        server.addConnector(connector);
        WebSocketUpgradeHandler sockets = WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(options.gateway().idle().multipliedBy(2));
            container.addMapping(WebSocketGateway.PATH, (request, response, callback) -> gateway.newConnection());
        });
        ControlEndpoint control = new ControlEndpoint(faults, directory);
        HttpEntry entry = new HttpEntry(
                request -> request.path().equals(ControlEndpoint.PATH) ? control.answer(request) : api.answer(request));
        sockets.setHandler(new PubNubEntry(channels, requestFaults, entry));
        server.setHandler(sockets);
        start(gateway, channels, api, options);
    }

    private void start(WebSocketGateway gateway, Channels channels, PlatformApi api, PlatformOptions options) {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new PlatformException(
                    "The platform cannot listen at " + host + ":" + options.port()
                            + ": the address is in use, or does not belong to this machine.",
                    e);
        } catch (Exception e) {
            close();
            throw new PlatformException("The platform does not start: " + e.getMessage(), e);
        }
        gateway.start(api::answer, address());
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    feed.remind();
                    gateway.tick();
                    channels.tick();
                },
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to listen.
     *
     * @param clock what tokens, subscriptions and sessions expire by
     * @throws PlatformException if the address cannot be taken
     */
    public static PlatformServer start(PlatformOptions options, Clock clock) {
        return new PlatformServer(options, clock);
    }

    /** Sends a notification to all subscriptions that ask for it. */
    public void publish(Notification notification) {
        publish(notification.tree());
    }

    /**
     * The same for one as it is sent.
     *
     * @param notification in any of RingCentral's forms
     */
    public void publish(byte[] notification) {
        publish(WireJson.unwrapped(WireJson.read(new String(notification, StandardCharsets.UTF_8))));
    }

    private void publish(JsonNode envelope) {
        if (!controlled.isTakenOver(envelope.at("/body/telephonySessionId").asText())) {
            emit(envelope);
        }
    }

    private void emit(JsonNode envelope) {
        Matcher account = ACCOUNT.matcher(envelope.path("event").asText());
        if (!account.lookingAt() || recordings.take(account.group(1), envelope)) {
            return;
        }
        if (envelope.path("event").asText().contains(CALLS)) {
            history.sent(account.group(1), envelope);
            feed.publish(account.group(1), envelope);
        } else {
            feed.publishOther(account.group(1), envelope);
        }
    }

    /**
     * All notifications of a call were published; the call log shows it from now on.
     *
     * @return false if a client took control of the call, so that the truth about its script is not the truth about it
     */
    public boolean ended(CallTruth call) {
        JsonNode truth = WireJson.read(call.json());
        for (JsonNode session : truth.path("sessions")) {
            if (controlled.isTakenOver(session.path("telephonySessionId").asText())) {
                return false;
            }
        }
        callLog.ended(truth);
        return true;
    }

    /** The number of subscriptions that have not expired. */
    public int subscriptions() {
        return faults.subscriptions();
    }

    /** Who has which extension; empty at first. */
    public PlatformDirectory directory() {
        return directory;
    }

    /** Recordings that are ready; none at first. */
    public PlatformRecordings recordings() {
        return recordings;
    }

    /** What can go wrong on demand. */
    public PlatformFaults faults() {
        return faults;
    }

    /** How many deliveries were tried, in all subscriptions. */
    public long sent() {
        return feed.sent();
    }

    /** How many of them were taken. */
    public long taken() {
        return feed.taken();
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Such as {@code http://127.0.0.1:8090}. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            throw new PlatformException("The platform does not stop: " + e.getMessage(), e);
        }
    }
}
