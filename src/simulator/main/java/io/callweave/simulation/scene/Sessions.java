package io.callweave.simulation.scene;

import io.callweave.simulation.platform.TelephonySession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The telephony sessions of a scene, and which of them are one call. */
final class Sessions {

    private final SplittableRandom random;
    private final Duration largestSkew;
    private final List<TelephonySession> sessions = new ArrayList<>();
    private final List<Set<TelephonySession>> calls = new ArrayList<>();

    Sessions(SplittableRandom random, Duration largestSkew) {
        this.random = random;
        this.largestSkew = largestSkew;
    }

    /** @param legacyId null for a random one */
    TelephonySession add(String origin, @Nullable String legacyId) {
        String body = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        String digits = legacyId != null ? legacyId : origin.equals(TelephonySession.CONFERENCE) ? "0" : digits(12);
        String serverId = "10.13.%d.%d.TAM".formatted(random.nextInt(20, 30), random.nextInt(10, 250));
        TelephonySession session = new TelephonySession(body, digits, serverId, origin, skew());
        sessions.add(session);
        calls.add(new LinkedHashSet<>(List.of(session)));
        return session;
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder().append(random.nextInt(1, 10));
        while (digits.length() < count) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private Duration skew() {
        long most = largestSkew.toMillis();
        return most == 0 ? Duration.ZERO : Duration.ofMillis(random.nextLong(-most, most + 1));
    }

    /** From now on, these two sessions are one call; the earlier call takes in the later one. */
    void join(TelephonySession one, TelephonySession other) {
        Set<TelephonySession> call = callOf(one);
        Set<TelephonySession> joined = callOf(other);
        if (call != joined) {
            boolean inOrder = calls.indexOf(call) < calls.indexOf(joined);
            Set<TelephonySession> earlier = inOrder ? call : joined;
            Set<TelephonySession> later = inOrder ? joined : call;
            earlier.addAll(later);
            calls.remove(later);
        }
    }

    private Set<TelephonySession> callOf(TelephonySession session) {
        return calls.stream().filter(call -> call.contains(session)).findFirst().orElseThrow();
    }

    /** In the order in which they began. */
    List<TelephonySession> all() {
        return sessions;
    }

    List<Set<TelephonySession>> calls() {
        return calls;
    }
}
