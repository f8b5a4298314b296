package io.callweave.bridge.directory;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.activity.NamesState;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.bridge.transport.Upkeep;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.topics.DirectoryTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the names of the accounts that are this bridge's: at the start, when RingCentral says that a directory has changed, and
 * once a day, because such an event can be lost. Of several bridges, any can hear of a change and read: they all write the
 * same.
 */
public final class DirectoryCare implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryCare.class);
    private static final long TICK_MS = 1_000;
    private static final Duration EVERY = Duration.ofDays(1);

    /** After a failure that passes. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** After a failure that somebody has to mend, such as a missing permission. */
    private static final Duration REFUSED = Duration.ofHours(1);

    /** Between two readings for each request of one: so changes alone never reach a limit of RingCentral's. */
    private static final Duration PER_REQUEST = Duration.ofSeconds(5);

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final DirectoryTopic topic;
    private final DirectorySync sync;

    /** By account; used by the upkeep's thread. */
    private final Map<String, Known> known = new HashMap<>();

    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    private final Upkeep upkeep = new Upkeep("directory-care");

    /**
     * What was done for an account.
     *
     * @param nextNanos when it is read again without a change
     * @param earliestNanos when a change is looked at
     */
    private record Known(long nextNanos, long earliestNanos, NamesState state) {}

    private DirectoryCare(BridgeServices services, Holder holder, Server server, DirectoryTopic topic) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.topic = topic;
        sync = new DirectorySync(topic);
    }

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param holder stays the caller's, who closes it afterwards
     */
    public static DirectoryCare start(BridgeServices services, Holder holder, Server server, DirectoryTopic topic) {
        DirectoryCare care = new DirectoryCare(services, holder, server, topic);
        services.activity().onDirectoryChange(care.changed::add);
        care.upkeep.every(TICK_MS, care::lookAtDue);
        return care;
    }

    @Override
    public void close() {
        upkeep.close();
    }

    private void lookAtDue() {
        for (Account account : services.accounts().get().all()) {
            Connection connection = account.connection();
            if (connection != null && connection.names() && isDue(account.id())) {
                changed.remove(account.id()); // a change while it is read is read again
                read(account, connection);
            }
        }
    }

    /** An account that is new here is due at once: it can come from a bridge that was killed. */
    private boolean isDue(String account) {
        boolean held = holder.holds(account);
        boolean isChanged = changed.contains(account);
        Known before = known.get(account);
        if (before == null) {
            return held || isChanged;
        }
        if (!held && !isChanged) {
            if (isOver(before.earliestNanos())) {
                known.remove(account);
            }
            return false;
        }
        return isOver(isChanged ? before.earliestNanos() : before.nextNanos());
    }

    private static boolean isOver(long nanos) {
        return System.nanoTime() - nanos >= 0;
    }

    private void read(Account account, Connection connection) {
        NamesState before = state(account.id());
        try {
            DirectorySync.Result result = sync.compare(
                    server.client(connection.credentials(), services.clock()).directory(account.id()),
                    account.privacy(),
                    read -> {});
            if (!result.changes().isEmpty()) {
                topic.writeSynced(result.changes());
            }
            String problem = result.listing().queuesRefused();
            Duration earliest = PER_REQUEST.multipliedBy(result.listing().pages());
            say(
                    account.id(),
                    new NamesState(
                            services.clock().instant(),
                            result.listing().entries().size(),
                            problem),
                    result.listing().whole() ? EVERY : AGAIN.compareTo(earliest) > 0 ? AGAIN : earliest,
                    earliest);
        } catch (RingCentralException e) {
            if (e.passes()) {
                changed.add(account.id()); // another bridge may hold the account, and has not heard of the change
            }
            say(account.id(), before.with(sentence(e)), e.passes() ? AGAIN : REFUSED, AGAIN);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // such as of Kafka
            changed.add(account.id());
            say(account.id(), before.with(sentence(e)), AGAIN, AGAIN);
        }
    }

    private static String sentence(RuntimeException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private void say(String account, NamesState state, Duration next, Duration earliest) {
        String problem = state.problem();
        if (problem != null && !problem.equals(state(account).problem())) {
            LOG.atWarn()
                    .setMessage("The names of an account are not read as they should be; its calls are not affected.")
                    .addKeyValue("account", account)
                    .addKeyValue("problem", problem)
                    .log();
        }
        long now = System.nanoTime();
        known.put(account, new Known(now + next.toNanos(), now + earliest.toNanos(), state));
        services.activity().names(account, state);
    }

    private NamesState state(String account) {
        @Nullable Known before = known.get(account);
        return before == null ? NamesState.NONE : before.state();
    }
}
