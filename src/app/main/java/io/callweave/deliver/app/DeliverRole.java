package io.callweave.deliver.app;

import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.deliver.api.ApiServer;
import io.callweave.deliver.post.EndpointClient;
import io.callweave.deliver.post.Lanes;
import io.callweave.deliver.post.WebhookBodies;
import io.callweave.deliver.queue.BusyTasks;
import io.callweave.deliver.queue.DeliverServices;
import io.callweave.deliver.queue.DeliverTopics;
import io.callweave.deliver.queue.DeliverTopology;
import io.callweave.deliver.queue.SubscriptionTable;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.directory.DirectoryLookup;
import io.callweave.runtime.Health;
import io.callweave.runtime.RoleParts;
import io.callweave.runtime.RoleServer;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.RunningStreams;
import io.callweave.runtime.ThreadReplacement;
import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.progress.TopicWatch;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.runtime.startup.StateFolder;
import io.callweave.topics.BoundedDirectory;
import io.callweave.topology.directory.DirectoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;

/** One instance of the deliverer on a cluster. */
public final class DeliverRole implements RunningRole {

    private static final Duration TASK_TIMEOUT = Duration.ofSeconds(1);

    private final RoleParts parts;
    private final DeliverActivity activity;
    private final Optional<ApiServer> api;

    private DeliverRole(DeliverOptions options, RoleParts parts) {
        this.parts = parts;
        RoleOptions role = options.role();
        DirectoryStore names = check(options)
                ? new DirectoryStore(new BoundedDirectory(WebhookBodies::needed), size -> {}, () -> {})
                : null;
        InstantSource clock = InstantSource.system();
        activity = new DeliverActivity(parts.meters().registry());
        EndpointClient client = parts.keep(new EndpointClient(options.limits(), new AddressGuard(options.allowed())));
        Lanes lanes = new Lanes(
                client,
                options.secrets(),
                options.limits(),
                names == null ? DirectoryLookup.EMPTY : names::get,
                clock,
                activity);
        Admin admin = Cluster.admin(role.client());
        parts.keep(() -> admin.close(Duration.ZERO));
        AtomicReference<OffsetQuestions> questions = new AtomicReference<>();
        CommittedOffsets committed =
                new CommittedOffsets(partitions -> questions.get().ask(partitions));
        questions.set(parts.keep(new OffsetQuestions(admin, options.applicationId(), committed::add)));
        DeadLetterReceipts deadLetters = new DeadLetterReceipts();
        ChangelogReceipts changelog = new ChangelogReceipts(DeliverTopology.changelog(options.applicationId()));
        DeliverServices services = new DeliverServices(
                options.rules(),
                new SubscriptionTable(all -> {
                    activity.know(all);
                    Set<String> ids = all.stream().map(WebhookSubscription::id).collect(Collectors.toSet());
                    lanes.retain(ids::contains);
                }),
                names,
                committed,
                deadLetters,
                changelog,
                lanes,
                activity,
                new BusyTasks(),
                clock,
                options.limits().timeout().plus(TASK_TIMEOUT));
        String published = Instances.published(parts.httpAddress());
        RunningStreams streams = RunningStreams.open(parts, role.rocksDbMemory(), false, memory -> {
            KafkaStreams made = StateFolder.keepClosed(
                    role.stateDir(),
                    options.applicationId(),
                    () -> new KafkaStreams(
                            DeliverTopology.build(
                                    services, new DeliverTopics(role.topics().prefix())),
                            options.kafkaStreams(memory, committed, deadLetters, changelog, published)));
            made.setUncaughtExceptionHandler(new ThreadReplacement(() -> {}, System::nanoTime));
            return made;
        });
        parts.keep(TopicWatch.start(
                admin, DeliverChecks.needed(role.topics().prefix()), (topic, partitions) -> {}, parts::fails));
        // No further posts are started; those that run end before Kafka Streams does.
        parts.keep(lanes::stop);
        GroupStatus group = new GroupStatus(
                "http://" + published,
                () -> Instances.all(streams.kafka()),
                () -> StatusPage.of(activity, lanes, clock.millis()));
        parts.show(GroupStatus.PATH, RoleServer.Page.json("How each endpoint is, in all instances.", group::all));
        parts.show(GroupStatus.OWN_PATH, RoleServer.Page.json("How each endpoint is, in this instance.", group::own));
        parts.show(() -> Health.of(streams.state()));
        api = options.api().map(each -> {
            DeadLettersByAccount letters = parts.keep(new DeadLettersByAccount(
                    role.client(), new DeliverTopics(role.topics().prefix()).deadLetters()));
            return parts.keep(ApiServer.start(each.withStore(new CurrentSubscriptions(
                    each.store(),
                    services.subscriptions(),
                    () -> DeliverTopology.subscriptions(streams.kafka()),
                    letters::read))));
        });
        streams.start();
    }

    /**
     * Checks the cluster, and starts.
     *
     * @throws OperationsException if it cannot run; one sentence
     */
    public static DeliverRole start(DeliverOptions options) {
        return RoleParts.start("deliver", options.role(), parts -> new DeliverRole(options, parts));
    }

    /** Whether there is a directory. */
    private static boolean check(DeliverOptions options) {
        StateFolder.check(options.role().stateDir(), options.applicationId());
        try (Cluster cluster = Cluster.connect(options.role().client())) {
            return DeliverChecks.run(options.role(), cluster);
        }
    }

    /** What it did, and what waits. */
    public DeliverActivity activity() {
        return activity;
    }

    @Override
    public RoleParts parts() {
        return parts;
    }

    @Override
    public List<String> offers() {
        return api.map(server -> "the HTTP API for subscriptions is at " + server.address()).stream()
                .toList();
    }
}
