package io.callweave.bridge.activity;

import io.callweave.logging.LogPace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that accounts are not connected as they should be: one sentence a minute, however many they are, and however often they are
 * tried again.
 */
final class ConnectionProblems {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionProblems.class);

    /** An outage of all accounts is one line of the log. */
    private static final int MOST_NAMES = 100;

    private final AtomicBoolean reported = new AtomicBoolean();
    private final LogPace pace;

    ConnectionProblems(InstantSource clock) {
        pace = LogPace.ofMinute(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()));
    }

    /** An attempt to connect an account has failed, or its subscription is not right. */
    void reported() {
        reported.set(true);
    }

    /** Says it if there is something new, and it is time. */
    void tell(Map<String, AccountActivity> accounts) {
        if (!reported.get()) {
            return;
        }
        Map<String, List<String>> byProblem = new TreeMap<>();
        new TreeMap<>(accounts).forEach((id, activity) -> {
            ConnectionState state = activity.connection();
            if (state != null && state.problem() != null) {
                byProblem
                        .computeIfAbsent(state.problem(), added -> new ArrayList<>())
                        .add(id);
            }
        });
        if (byProblem.isEmpty() || pace.next().isEmpty()) {
            return;
        }
        reported.set(false);
        Map.Entry<String, List<String>> most = byProblem.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .orElseThrow();
        List<String> names = most.getValue();
        LOG.atWarn()
                .setMessage(
                        "Accounts are not connected as they should be; /health/accounts names all, with all problems.")
                .addKeyValue(
                        "count",
                        byProblem.values().stream().mapToInt(List::size).sum())
                .addKeyValue("problem", most.getKey())
                .addKeyValue("accounts", String.join(" ", names.subList(0, Math.min(MOST_NAMES, names.size()))))
                .addKeyValue("otherProblems", byProblem.size() - 1)
                .log();
    }
}
