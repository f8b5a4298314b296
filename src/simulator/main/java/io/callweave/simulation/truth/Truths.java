package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.TelephonySession;
import io.callweave.simulation.scene.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds the calls of a played scene, as each account must have them in the end. */
public final class Truths {

    private Truths() {}

    /**
     * The calls of a scene, as each account must have them.
     *
     * @param dropped the notifications that were lost
     */
    public static List<CallTruth> of(Scene scene, Predicate<Notification> dropped) {
        List<CallTruth> truths = new ArrayList<>();
        for (SimulatedAccount account : scene.subscribers()) {
            Map<String, SortedSet<Long>> lost = new HashMap<>();
            scene.sent().stream()
                    .filter(notification -> notification.account().equals(account.id()) && dropped.test(notification))
                    .forEach(notification -> lost.computeIfAbsent(
                                    notification.telephonySessionId(), id -> new TreeSet<>())
                            .add(notification.sequence()));
            for (Set<TelephonySession> sessions : scene.calls()) {
                List<SeenSession> seen = sessions.stream()
                        .map(session -> SeenSession.of(session, scene.legs(), account))
                        .filter(Objects::nonNull)
                        .toList();
                if (!seen.isEmpty()) {
                    truths.add(new SeenCall(account, seen, scene).truth(lost));
                }
            }
        }
        return List.copyOf(truths);
    }
}
