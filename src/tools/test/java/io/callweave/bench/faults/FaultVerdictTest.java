package io.callweave.bench.faults;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.faults.Evidence.Keyed;
import io.callweave.bench.faults.Evidence.Letter;
import io.callweave.bench.faults.Evidence.Post;
import io.callweave.bench.faults.Evidence.Sent;
import io.callweave.bench.faults.Evidence.Version;
import io.callweave.bench.faults.FaultVerdict.Finding;
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
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.record.PartyEventJson;
import io.callweave.record.PartyRowJson;
import io.callweave.record.WindowJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultVerdictTest {

    private static final long EPOCH = 7;
    private static final String NO_JSON = "{";

    /** An installation that kept all promises, to be changed: each call has two revisions. */
    private static final class Installation {

        private final List<byte[]> answered = new ArrayList<>();
        private final List<Sent> notifications = new ArrayList<>();
        private final List<Keyed> calls = new ArrayList<>();
        private final Map<String, byte[]> rows = new TreeMap<>();
        private final Map<String, byte[]> windows = new TreeMap<>();
        private final Map<String, byte[]> live = new TreeMap<>();
        private final List<byte[]> events = new ArrayList<>();
        private final List<Letter> letters = new ArrayList<>();
        private final List<Post> posts = new ArrayList<>();
        private final Map<String, Version> console = new TreeMap<>();

        Installation() {
            for (int seed = 0; seed < 3; seed++) {
                var talk = call().seeded(seed)
                        .startingAt(Instant.parse("2026-03-02T09:00:00Z").plusSeconds(seed))
                        .inbound("+15550100002")
                        .answeredBy("104");
                (seed == 0 ? talk.attendedTransferTo("106") : talk)
                        .hangUp()
                        .lines()
                        .forEach(this::take);
            }
            String bad = text(0).replaceAll("\"sequence\":\\d+", "\"sequence\":-1");
            take(bad);
            letters.add(new Letter("badSequence", bad.getBytes(UTF_8)));
            answered.add(NO_JSON.getBytes(UTF_8));
            letters.add(new Letter("notJson", NO_JSON.getBytes(UTF_8)));
            comesOut();
        }

        private String text(int index) {
            return new String(answered.get(index), UTF_8);
        }

        private void take(String line) {
            answered.add(line.getBytes(UTF_8));
            notifications.add(new Sent(line.getBytes(UTF_8), null));
        }

        private void comesOut() {
            Assembly assembly = new Assembly();
            List<PartyEvent> all = notifications.stream()
                    .flatMap(each -> new NotificationReader().read(each.value()).events().stream())
                    .sorted(Comparator.comparingLong(PartyEvent::sequence))
                    .toList();
            all.forEach(assembly::add);
            all.forEach(each -> events.add(PartyEventJson.write(each, false, null, null)));
            Map<WindowKey, WindowAggregate> sums = new HashMap<>();
            for (CallRecord each : assembly.records(CallRules.DEFAULT)) {
                String key = each.accountId() + "/" + each.callId();
                for (int revision = 1; revision <= 2; revision++) {
                    calls.add(new Keyed(key, CallRecordJson.write(each, revision, EPOCH)));
                    posts.add(new Post(key, new Version(EPOCH, revision), true));
                }
                console.put(key, new Version(EPOCH, 2));
                for (PartyRecord party : each.parties()) {
                    rows.put(PartyRowJson.key(each, party), PartyRowJson.write(each, party, 2, EPOCH, null, null));
                }
                CountedCall.of(each, WindowRules.DEFAULT, Departments.NONE, EPOCH, 2)
                        .windows(each.accountId())
                        .forEach((window, measures) -> sums.computeIfAbsent(window, none -> new WindowAggregate())
                                .add(measures));
            }
            sums.forEach((window, sum) -> windows.put(
                    WindowJson.key(window), WindowJson.write(window, null, EPOCH, sum, WindowRules.DEFAULT)));
        }

        List<String> kinds() {
            return FaultVerdict.of(new Evidence(
                            answered,
                            notifications,
                            calls,
                            rows,
                            windows,
                            live,
                            events,
                            letters,
                            Map.of("all", posts),
                            Map.of("all", "*"),
                            console))
                    .stream()
                    .map(Finding::kind)
                    .distinct()
                    .toList();
        }

        private static byte[] edited(byte[] value, String from, String to) {
            String text = new String(value, UTF_8);
            assertThat(text).containsPattern(from);
            return text.replaceFirst(from, to).getBytes(UTF_8);
        }
    }

    @Test
    void shouldFindNothingWhereAllPromisesAreKept() {
        Installation installation = new Installation();

        assertThat(installation.kinds()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void shouldFindAPlantedFault(String fault, String kind, Consumer<Installation> plant) {
        Installation installation = new Installation();
        plant.accept(installation);

        assertThat(installation.kinds()).contains(kind);
    }

    static Stream<Arguments> planted() {
        return Stream.of(
                planted(
                        "a notification that was answered and is lost",
                        "lost notification",
                        all -> all.answered.add(all.text(0)
                                .replaceAll("\"uuid\":\"[^\"]*", "\"uuid\":\"x")
                                .getBytes(UTF_8))),
                planted("a call that never came out", "missing call", all -> {
                    String key = all.calls.get(0).key();
                    all.calls.removeIf(each -> each.key().equals(key));
                }),
                planted(
                        "a call of nothing",
                        "call too many",
                        all -> all.calls.add(new Keyed(
                                all.calls.get(0).key() + "0",
                                Installation.edited(all.calls.get(0).value(), "(\"callId\":\"[^\"]*)", "$10")))),
                planted(
                        "a field of a call",
                        "wrong call",
                        all -> all.calls.set(
                                5,
                                new Keyed(
                                        all.calls.get(5).key(),
                                        Installation.edited(
                                                all.calls.get(5).value(), "\"talkMs\":(\\d+)", "\"talkMs\":1$1")))),
                planted("a revision twice", "revisions", all -> all.calls.add(1, all.calls.get(0))),
                planted("a revision left out", "revisions", all -> all.calls.remove(0)),
                planted(
                        "another epoch",
                        "revisions",
                        all -> all.calls.set(
                                5,
                                new Keyed(
                                        all.calls.get(5).key(),
                                        Installation.edited(all.calls.get(5).value(), "\"epoch\":7", "\"epoch\":8")))),
                planted(
                        "a party row of before",
                        "party row",
                        all -> all.rows.replaceAll(
                                (key, value) -> Installation.edited(value, "\"revision\":2", "\"revision\":1"))),
                planted(
                        "a window off by one",
                        "window",
                        all -> all.windows.replaceAll(
                                (key, value) -> Installation.edited(value, "\"calls\":(\\d+)", "\"calls\":1$1"))),
                planted(
                        "a digest of before",
                        "window",
                        all -> all.windows.replaceAll((key, value) -> key.contains("/account/") && key.contains("PT1H")
                                ? Installation.edited(value, "\"recordsDigest\":\"\\w", "\"recordsDigest\":\"x")
                                : value)),
                planted(
                        "a window left of a call that moved",
                        "window",
                        all -> all.windows.put("1/account/1/PT1M/x", new byte[1])),
                planted("a live call left", "live call left", all -> all.live.put("1/s-1", new byte[1])),
                planted("a party event twice", "party event twice", all -> all.events.add(all.events.get(0))),
                planted("a party event that is lost", "party event missing", all -> all.events.remove(0)),
                planted(
                        "a party event out of order",
                        "party event out of order",
                        all -> all.events.add(all.events.remove(0))),
                planted("a dead letter that is missing", "dead letter missing", all -> all.letters.remove(0)),
                planted(
                        "a dead letter of a bridge that is missing",
                        "dead letter missing",
                        all -> all.letters.remove(1)),
                planted(
                        "a dead letter of a good one",
                        "dead letter too many",
                        all -> all.letters.add(new Letter("badParty", all.answered.get(0)))),
                planted(
                        "a dead letter with another reason",
                        "dead letter too many",
                        all -> all.letters.add(
                                new Letter("noParties", all.letters.get(0).value()))),
                planted("a dead letter twice", "dead letter twice", all -> all.letters.add(all.letters.get(0))),
                planted("a webhook that never came", "webhook of all", all -> all.posts.remove(5)),
                planted(
                        "a webhook that was not accepted",
                        "webhook of all",
                        all -> all.posts.set(
                                5,
                                new Post(
                                        all.posts.get(5).key(), all.posts.get(5).version(), false))),
                planted(
                        "an older webhook after a newer one",
                        "older webhook after newer",
                        all -> all.posts.add(all.posts.get(0))),
                planted(
                        "a call that the console does not list",
                        "console",
                        all -> all.console.remove(all.calls.get(0).key())),
                planted(
                        "an older row of the console",
                        "console",
                        all -> all.console.put(all.calls.get(0).key(), new Version(EPOCH, 1))));
    }

    private static Arguments planted(String fault, String kind, Consumer<Installation> plant) {
        return Arguments.of(fault, kind, plant);
    }
}
