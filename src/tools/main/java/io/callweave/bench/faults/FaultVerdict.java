package io.callweave.bench.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bench.faults.Evidence.Keyed;
import io.callweave.bench.faults.Evidence.Post;
import io.callweave.bench.faults.Evidence.Sent;
import io.callweave.bench.faults.Evidence.Version;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Departments;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;
import io.callweave.notification.RoutingResult;
import io.callweave.record.CallRecordJson;
import io.callweave.record.PartyRowJson;
import io.callweave.record.RecordHead;
import io.callweave.record.WindowJson;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether an installation kept its promises: what the core alone makes of the topic of notifications, compared with all that came
 * out. The settings that change records are the defaults, and there is no directory.
 */
public final class FaultVerdict {

    /**
     * A broken promise.
     *
     * @param kind one or two words, the same for all of a kind
     * @param sentence names the record
     */
    public record Finding(String kind, String sentence) {

        @Override
        public String toString() {
            return kind + ": " + sentence;
        }
    }

    private static final int MOST_SHOWN = 200;

    private final NotificationReader reader = new NotificationReader();
    private final Evidence seen;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, CallRecord> assembled = new TreeMap<>();
    private final Map<String, Keyed> newest = new TreeMap<>();
    private final Map<String, Version> versions = new TreeMap<>();
    private final Set<String> places = new HashSet<>();
    private final Map<String, Integer> badOnTopic = new HashMap<>();

    private FaultVerdict(Evidence seen) {
        this.seen = seen;
    }

    /** All broken promises; none if all is well. */
    public static List<Finding> of(Evidence seen) {
        FaultVerdict verdict = new FaultVerdict(seen);
        verdict.assemble();
        verdict.answered();
        verdict.calls();
        verdict.rows();
        verdict.windows();
        verdict.partyEvents();
        verdict.letters();
        verdict.posts();
        seen.live().keySet().forEach(key -> verdict.find("live call left", key));
        if (seen.console() != null) {
            verdict.compare("console", verdict.standing(), new TreeMap<>(seen.console()));
        }
        return verdict.findings;
    }

    private void find(String kind, String sentence) {
        findings.add(new Finding(kind, sentence));
    }

    private void assemble() {
        Assembly assembly = new Assembly();
        for (Sent each : seen.notifications()) {
            ParseResult read = reader.read(each.value(), each.account());
            for (PartyEvent event : read.events()) {
                assembly.add(event);
                places.add(place(event));
            }
            if (read instanceof ParseResult.OfFact fact) {
                assembly.add(fact.notice());
            }
            Rejection rejection = read.rejection();
            if (rejection != null) {
                badOnTopic.merge(letter(rejection.reason().wireName(), each.value()), 1, Integer::sum);
            }
        }
        for (CallRecord call : assembly.records(CallRules.DEFAULT)) {
            assembled.put(key(call.accountId() + "/" + call.callId()), call);
        }
    }

    private static String letter(String reason, byte[] value) {
        return reason + " " + new String(value, ISO_8859_1);
    }

    /** As the topic has it: a lone surrogate cannot be written. */
    private static String key(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What has a session is on the topic; what has none is a dead letter. */
    private void answered() {
        Set<String> there = new HashSet<>();
        seen.notifications().forEach(each -> there.add(new String(each.value(), ISO_8859_1)));
        NotificationKeyer keyer = new NotificationKeyer(NotificationLimits.DEFAULT.maxBytes());
        for (byte[] each : seen.answered()) {
            RoutingResult routing = keyer.key(each);
            boolean kept = routing instanceof RoutingResult.Keyed
                    || (routing instanceof RoutingResult.OfFact fact
                            && !fact.kind().isOurs());
            if (kept && !there.contains(new String(each, ISO_8859_1))) {
                find("lost notification", shown(each));
            }
        }
    }

    private void calls() {
        for (Keyed each : seen.calls()) {
            RecordHead head = RecordHead.read(each.value());
            if (head == null || !each.key().equals(key(head.accountId() + "/" + head.callId()))) {
                find("wrong key", each.key() + " of " + shown(each.value()));
                continue;
            }
            Version version = new Version(head.epoch(), head.revision());
            Version before = versions.put(each.key(), version);
            if (version.revision() != (before == null ? 1 : before.revision() + 1)
                    || (before != null && before.epoch() != version.epoch())) {
                find("revisions", each.key() + " has " + version + " after " + before);
            }
            if (head.superseded()) {
                newest.remove(each.key());
            } else {
                newest.put(each.key(), each);
            }
        }
        assembled.forEach((key, call) -> {
            Keyed found = newest.get(key);
            Version version = versions.get(key);
            if (found == null || version == null) {
                find("missing call", key);
            } else {
                compare(
                        "wrong call",
                        key,
                        CallRecordJson.write(call, version.revision(), version.epoch()),
                        found.value());
            }
        });
        newest.keySet().stream().filter(key -> !assembled.containsKey(key)).forEach(key -> find("call too many", key));
    }

    /** The versions of the calls that are not part of others. */
    private Map<String, Version> standing() {
        Map<String, Version> standing = new TreeMap<>(versions);
        standing.keySet().retainAll(newest.keySet());
        return standing;
    }

    private void rows() {
        Map<String, byte[]> expected = new TreeMap<>();
        standing().forEach((key, version) -> {
            CallRecord call = assembled.get(key);
            if (call != null) {
                for (PartyRecord party : call.parties()) {
                    expected.put(
                            key(PartyRowJson.key(call, party)),
                            PartyRowJson.write(call, party, version.revision(), version.epoch(), null, null));
                }
            }
        });
        compareAll("party row", expected, seen.rows());
    }

    private void windows() {
        Map<WindowKey, WindowAggregate> sums = new HashMap<>();
        // Each home partition has its own, and an account is in one.
        Map<String, Long> epochs = new HashMap<>();
        standing().forEach((key, version) -> {
            CallRecord call = assembled.get(key);
            if (call != null) {
                epochs.put(call.accountId(), version.epoch());
                CountedCall.of(call, WindowRules.DEFAULT, Departments.NONE, version.epoch(), version.revision())
                        .windows(call.accountId())
                        .forEach((window, measures) -> sums.computeIfAbsent(window, added -> new WindowAggregate())
                                .add(measures));
            }
        });
        Map<String, byte[]> expected = new TreeMap<>();
        sums.forEach((window, sum) -> expected.put(
                key(WindowJson.key(window)),
                WindowJson.write(
                        window,
                        null,
                        Objects.requireNonNull(epochs.get(window.accountId())),
                        sum,
                        WindowRules.DEFAULT)));
        compareAll("window", expected, seen.windows());
    }

    private void partyEvents() {
        Map<String, Long> highest = new HashMap<>();
        Set<String> emitted = new HashSet<>();
        for (byte[] each : seen.partyEvents()) {
            JsonNode event = tree(each);
            String session = session(event);
            long sequence = event.path("sequence").asLong();
            String name = place(event);
            if (!emitted.add(name)) {
                find("party event twice", name);
            }
            long before = highest.merge(session, sequence, Math::max);
            if (event.path("late").asBoolean() != before > sequence) {
                find("party event out of order", name + " after " + before);
            }
        }
        places.stream().filter(each -> !emitted.contains(each)).forEach(each -> find("party event missing", each));
        emitted.stream().filter(each -> !places.contains(each)).forEach(each -> find("party event too many", each));
    }

    private void letters() {
        Map<String, Integer> found = new HashMap<>();
        seen.letters().forEach(each -> found.merge(letter(each.reason(), each.value()), 1, Integer::sum));
        badOnTopic.forEach((each, times) -> {
            // What a bridge writes itself it may write twice.
            if (found.getOrDefault(each, 0) > times) {
                find("dead letter twice", cut(each));
            }
        });
        Set<String> expected = new HashSet<>(badOnTopic.keySet());
        NotificationKeyer keyer = new NotificationKeyer(NotificationLimits.DEFAULT.maxBytes());
        for (byte[] each : seen.answered()) {
            if (keyer.key(each) instanceof RoutingResult.Unkeyed unkeyed) {
                expected.add(letter(unkeyed.rejection().reason().wireName(), each));
            }
        }
        expected.stream()
                .filter(each -> !found.containsKey(each))
                .forEach(each -> find("dead letter missing", cut(each)));
        found.keySet().stream()
                .filter(each -> !expected.contains(each))
                .forEach(each -> find("dead letter too many", cut(each)));
    }

    private void posts() {
        seen.accounts().forEach((name, account) -> {
            Map<String, Version> highest = new HashMap<>();
            Map<String, Version> accepted = new TreeMap<>();
            for (Post post : seen.posts().getOrDefault(name, List.of())) {
                Version before = highest.merge(
                        post.key(), post.version(), (one, other) -> one.compareTo(other) > 0 ? one : other);
                if (before.compareTo(post.version()) > 0) {
                    find(
                            "older webhook after newer",
                            name + ": " + post.key() + " " + post.version() + " after " + before);
                }
                if (post.accepted()) {
                    accepted.put(post.key(), post.version());
                }
            }
            Map<String, Version> expected = new TreeMap<>(versions);
            expected.keySet().removeIf(key -> !account.equals("*") && !key.startsWith(account + "/"));
            compare("webhook of " + name, expected, accepted);
        });
    }

    private void compare(String kind, Map<String, Version> expected, Map<String, Version> found) {
        expected.forEach((key, version) -> {
            if (!version.equals(found.get(key))) {
                find(kind, key + " is " + found.get(key) + " and must be " + version);
            }
        });
        found.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> find(kind, key + " must not be there"));
    }

    private void compareAll(String kind, Map<String, byte[]> expected, Map<String, byte[]> found) {
        expected.forEach((key, value) -> compare(kind, key, value, found.get(key)));
        found.keySet().stream()
                .filter(key -> !expected.containsKey(key))
                .forEach(key -> find(kind, key + " must not be there"));
    }

    /** Names the first place where they differ. */
    private void compare(String kind, String key, byte[] expected, byte @Nullable [] found) {
        if (found == null) {
            find(kind, key + " is missing");
        } else if (!Arrays.equals(expected, found)) {
            int from = Math.max(0, Arrays.mismatch(expected, found) - MOST_SHOWN / 4);
            find(kind, key + " has …" + shown(found, from) + " and must have …" + shown(expected, from));
        }
    }

    /** What no two party events have in common. */
    static String place(PartyEvent event) {
        return event.session().accountId() + "/" + event.session().telephonySessionId() + " " + event.sequence() + " "
                + event.partyId();
    }

    /** The same of one that came out. */
    static String place(JsonNode event) {
        return session(event) + " " + event.path("sequence").asLong() + " "
                + event.path("partyId").asText();
    }

    private static String session(JsonNode event) {
        return event.path("accountId").asText() + "/"
                + event.path("telephonySessionId").asText();
    }

    static JsonNode tree(byte[] value) {
        try {
            return JsonLimits.tree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("What should be an event is none: " + shown(value), e);
        }
    }

    private static String shown(byte[] value) {
        return shown(value, 0);
    }

    private static String shown(byte[] value, int from) {
        int begin = Math.min(from, value.length);
        return new String(value, begin, Math.min(MOST_SHOWN, value.length - begin), StandardCharsets.UTF_8);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MOST_SHOWN, text.length()));
    }
}
