package io.callweave.deliver.app;

import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.deliver.api.ApiServer;
import io.callweave.deliver.post.EndpointClient;
import io.callweave.deliver.post.Lanes;
import io.callweave.deliver.queue.DeliverServices;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.queue.DeliverTopology;
import io.callweave.deliver.queue.SubscriptionTable;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.operations.ClusterApp;
import io.callweave.operations.Health;
import io.callweave.operations.Meters;
import io.callweave.operations.OperationsServer;
import io.callweave.operations.ThreadReplacement;
import io.callweave.operations.options.RocksDbMemory;
import io.callweave.operations.startup.Cluster;
import io.callweave.operations.startup.OperationsException;
import io.callweave.operations.startup.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the deliverer on a cluster, from the checks before its start to its end. */
public final class DeliverApp implements ClusterApp {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TASK_TIMEOUT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(DeliverApp.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final KafkaStreams streams;
    private final AtomicReference<@Nullable KafkaStreams> built = new AtomicReference<>();
    private final OperationsServer server;
    private final Lanes lanes;
    private final CompletableFuture<Boolean> running = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private DeliverApp(DeliverAppConfig config) {
        InstantSource clock = InstantSource.system();
        try {
            Meters meters = keep(new Meters());
            DeliverActivity activity = new DeliverActivity(meters.registry());
            RocksDbMemory memory = keep(new RocksDbMemory(config.rocksDbMemory()));
            EndpointClient client = keep(new EndpointClient(config.limits(), new AddressGuard(config.allowed())));
            lanes = new Lanes(client, config.secrets(), config.limits(), clock, activity);
            Admin admin = keep(Cluster.admin(
                    config.client(), String.valueOf(config.client().get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG))));
            AtomicReference<OffsetQuestions> questions = new AtomicReference<>();
            CommittedOffsets committed =
                    new CommittedOffsets(partitions -> questions.get().ask(partitions));
            questions.set(keep(new OffsetQuestions(admin, config.applicationId(), committed::add)));
            DeadLetterReceipts deadLetters = new DeadLetterReceipts();
            DeliverServices services = new DeliverServices(
                    config.rules(),
                    new SubscriptionTable(all -> {
                        activity.know(all);
                        Set<String> ids =
                                all.stream().map(WebhookSubscription::id).collect(Collectors.toSet());
                        lanes.retain(ids::contains);
                    }),
                    committed,
                    deadLetters,
                    lanes,
                    activity,
                    clock,
                    config.limits().timeout().plus(TASK_TIMEOUT));
            GroupStatus group = new GroupStatus(
                    () -> Instances.all(built.get()), () -> StatusPage.of(activity, lanes, clock.millis()));
            server = keep(OperationsServer.start(
                    "deliver",
                    config.httpHost(),
                    config.httpPort(),
                    this::health,
                    meters::scrape,
                    Map.of(
                            GroupStatus.PATH,
                            OperationsServer.Page.json("How each endpoint is, in all instances.", group::all),
                            GroupStatus.OWN_PATH,
                            OperationsServer.Page.json("How each endpoint is, in this instance.", group::own))));
            String published = Instances.published(server.address());
            group.isAt("http://" + published);
            streams = new KafkaStreams(
                    DeliverTopology.build(
                            services, new DeliverTopics(config.topics().prefix())),
                    DeliverOptions.of(config, memory, committed, deadLetters, published));
            built.set(streams);
            streams.setUncaughtExceptionHandler(new ThreadReplacement(() -> {}, System::nanoTime));
            streams.setStateListener(this::heed);
            meters.bind(streams);
            config.api()
                    .ifPresent(api -> LOG.atInfo()
                            .setMessage("The HTTP API for subscriptions is served.")
                            .addKeyValue("address", keep(ApiServer.start(api)).address())
                            .log());
        } catch (RuntimeException e) {
            closeOpened();
            throw e;
        }
    }

    /**
     * Checks the cluster, and starts.
     *
     * @throws OperationsException if it cannot run; one sentence
     */
    public static DeliverApp start(DeliverAppConfig config) {
        StateFolder.check(
                Path.of(String.valueOf(config.streams().get(StreamsConfig.STATE_DIR_CONFIG))), config.applicationId());
        try (Cluster cluster = Cluster.connect(config.client(), config.patience())) {
            DeliverChecks.run(config, cluster);
        }
        DeliverApp app = new DeliverApp(config);
        try {
            app.streams.start();
            return app;
        } catch (RuntimeException e) {
            app.close();
            throw new OperationsException("Kafka Streams cannot start: " + e.getMessage(), e);
        }
    }

    @Override
    public String httpAddress() {
        return server.address();
    }

    @Override
    public boolean awaitRunning() {
        return running.join();
    }

    @Override
    public boolean await() {
        return ended.join();
    }

    private Health health() {
        KafkaStreams now = built.get();
        KafkaStreams.State state = now == null ? KafkaStreams.State.CREATED : now.state();
        boolean live = !state.hasCompletedShutdown() && state != KafkaStreams.State.PENDING_ERROR;
        return new Health(live, state == KafkaStreams.State.RUNNING, state.name());
    }

    private void heed(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.atInfo()
                .setMessage("The state of the deliverer changed.")
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log();
        if (now == KafkaStreams.State.RUNNING) {
            running.complete(true);
        }
        if (now == KafkaStreams.State.ERROR) {
            running.complete(false);
            ended.complete(false);
        }
    }

    /** Starts no further posts, waits for those that run, and leaves the group. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean failed = streams.state() == KafkaStreams.State.ERROR;
        lanes.stop();
        boolean stopped =
                streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(STOP_TIMEOUT));
        server.close();
        if (stopped) {
            closeOpened();
        } else {
            LOG.atWarn().log("Stream threads did not end in time; what they did last is repeated.");
        }
        running.complete(false);
        ended.complete(!failed);
    }

    private <T extends AutoCloseable> T keep(T each) {
        opened.push(each);
        return each;
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("Something cannot be closed.");
            }
        }
    }
}
