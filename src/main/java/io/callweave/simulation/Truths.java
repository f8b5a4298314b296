package io.callweave.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Of a scene that was played, the calls as each account should have them in the end. */
final class Truths {

    private Truths() {}

    /** @param dropped which notifications were lost on their way */
    static List<CallTruth> of(Scene scene, Predicate<Notification> dropped) {
        List<CallTruth> truths = new ArrayList<>();
        for (Account account : scene.subscribers()) {
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
