package io.callweave.topology.directory;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the directory says of extensions shows in party rows and windows, and in nothing else. */
class DirectoryJoinTest {

    private static final String CUSTOMER = "+15550100002";
    private static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;
    private static final String HOUR = "/PT1H/";
    private static final Duration INTERVAL = WindowOptions.DEFAULT.emitInterval();

    private static final DirectoryEntry ANNA =
            new DirectoryEntry(ACCOUNT.id(), id("104"), "Anna", "user", "Berlin", "Sales", "Europe/Berlin");
    private static final DirectoryEntry BEN = user("106", "Ben", "Support");
    private static final DirectoryEntry CLEO = user("105", "Cleo", "Sales");
    private static final DirectoryEntry HOTLINE = new DirectoryEntry(
            ACCOUNT.id(), ACCOUNT.service("Hotline").id(), "The hotline", "queue", null, "Sales", null);

    private static final PhoneCall ANSWERED =
            call().inbound(CUSTOMER).answeredBy("104").after(7, SECONDS).hangUp();
    private static final PhoneCall BLIND = call().inbound(CUSTOMER)
            .answeredBy("104")
            .after(4, SECONDS)
            .transferredTo("106")
            .hangUp();
    private static final PhoneCall WITHIN = call().inbound(CUSTOMER)
            .answeredBy("104")
            .after(4, SECONDS)
            .transferredTo("105")
            .hangUp();
    private static final PhoneCall QUEUED = call().inbound(CUSTOMER)
            .queue("Hotline", "104", "105")
            .answeredBy("105")
            .hangUp();

    private TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldSayInTheRowWhoseExtensionItIs() {
        kit.directory(ANNA).receive(ANSWERED);

        ObjectNode row = row(id("104"));
        assertThat(row.path("extensionName").asText()).isEqualTo("Anna");
        assertThat(row.path("extensionType").asText()).isEqualTo("user");
        assertThat(row.path("site").asText()).isEqualTo("Berlin");
        assertThat(row.path("department").asText()).isEqualTo("Sales");
        assertThat(row.path("timeZone").asText()).isEqualTo("Europe/Berlin");
        assertThat(row.path("queueName").isNull()).isTrue();
    }

    @Test
    void shouldSayInTheRowWhichQueueRang() {
        kit.directory(HOTLINE).receive(QUEUED).passUntilNothingWaits();

        ObjectNode row = row(id("105"));
        assertThat(row.path("queueExtensionId").asText()).isEqualTo(HOTLINE.extensionId());
        assertThat(row.path("queueName").asText()).isEqualTo("The hotline");
        assertThat(row.path("extensionName").isNull()).isTrue();
    }

    @Test
    void shouldSayNothingOfOthers() {
        kit.directory(new DirectoryEntry(
                        SimulatedAccount.SECOND.id(), id("104"), "Somebody else's", "user", null, "Sales", null))
                .receive(ANSWERED);

        ObjectNode row = row(id("104"));
        for (String field : List.of("extensionName", "extensionType", "site", "department", "timeZone", "queueName")) {
            assertThat(row.path(field).isNull()).as(field).isTrue();
        }
        assertThat(windows()).noneMatch(key -> key.contains("/department/"));
    }

    @Test
    void shouldCallTheWindowsOfExtensionsAndQueuesByTheirNames() {
        kit.directory(CLEO).directory(HOTLINE).receive(QUEUED).passUntilNothingWaits();

        Map<String, ObjectNode> windows = held();
        assertThat(windows).isNotEmpty().allSatisfy((key, window) -> {
            String scope = window.path("scope").asText();
            JsonNode name = window.get("scopeName");
            if (scope.equals("queue")) {
                assertThat(name.asText()).isEqualTo("The hotline");
            } else if (window.path("scopeId").asText().equals(CLEO.extensionId())) {
                assertThat(name.asText()).isEqualTo("Cleo");
            } else {
                assertThat(name.isNull()).as(key).isTrue();
            }
        });
    }

    @Test
    void shouldCountACallOnceForEachDepartment() {
        kit.directory(ANNA).directory(BEN).receive(BLIND).passUntilNothingWaits();

        assertThat(departments()).containsOnlyKeys("Sales", "Support").allSatisfy((department, window) -> {
            assertThat(window.path("calls").asInt()).isEqualTo(1);
            assertThat(window.path("answered").asInt()).isEqualTo(1);
            assertThat(window.path("transferred").asInt()).isEqualTo(1);
        });
    }

    @Test
    void shouldCountACallOfTwoColleaguesOnce() {
        kit.directory(ANNA).directory(CLEO).receive(WITHIN).passUntilNothingWaits();

        ObjectNode sales = departments().get("Sales");
        assertThat(sales.path("calls").asInt()).isEqualTo(1);
        assertThat(sales.path("answered").asInt()).isEqualTo(1);
        Map<String, ObjectNode> rows = new HashMap<>();
        kit.partyRows().forEach(row -> rows.put(row.text("extensionId"), row.tree()));
        assertThat(sales.at("/talk/sumMs").asLong())
                .isEqualTo(rows.get(id("104")).path("talkMs").asLong()
                        + rows.get(id("105")).path("talkMs").asLong());
        assertThat(sales.at("/talk/count").asInt()).isEqualTo(1);
    }

    @Test
    void shouldSayThatAnotherDepartmentAnswered() {
        kit.directory(user("104", "Anna", "Support")).directory(CLEO).receive(QUEUED);
        kit.passUntilNothingWaits();

        Map<String, ObjectNode> departments = departments();
        assertThat(departments.get("Sales").path("answered").asInt()).isEqualTo(1);
        assertThat(departments.get("Support").path("answeredElsewhere").asInt()).isEqualTo(1);
    }

    @Test
    void shouldNotCountWhatQueuesAndMenusTakeForADepartment() {
        PhoneCall menu = call().inbound(CUSTOMER).ivr("Menu").answeredBy("106").hangUp();
        kit.directory(HOTLINE)
                .directory(new DirectoryEntry(
                        ACCOUNT.id(), ACCOUNT.service("Menu").id(), "Menu", "ivr", null, "Sales", null))
                .receive(QUEUED)
                .receive(menu)
                .passUntilNothingWaits();

        assertThat(departments()).isEmpty();
    }

    @Test
    void shouldKeepOnlyTheDepartmentWindowsThatAreWanted() {
        Map<Scope, Set<WindowSize>> sizes = new HashMap<>(WindowRules.DEFAULT.sizes());
        sizes.put(Scope.DEPARTMENT, Set.of(WindowSize.P1D));
        kit.close();
        kit = new TopologyKit(new WindowOptions(
                WindowRules.DEFAULT.with(sizes), Duration.ofSeconds(1), WindowOptions.DEFAULT.retention()));

        kit.directory(ANNA).receive(ANSWERED);

        assertThat(windows().stream().filter(key -> key.contains("/department/")))
                .containsExactly(ACCOUNT.id() + "/department/Sales/P1D/2026-03-02T00:00:00.000Z");
    }

    /** Counted is counted: nobody wants last year's figures to move because somebody has moved. */
    @Test
    void shouldLeaveCallsWhereTheyWereCountedWhenTheDirectoryChanges() {
        kit.directory(ANNA).receive(ANSWERED).pass(INTERVAL);
        Map<String, ObjectNode> before = departments();

        kit.directory(user("104", "Anna", "Support")).pass(INTERVAL);
        assertThat(kit.windowMetrics()).isEmpty();
        PhoneCall next = call().seeded(7)
                .inbound(CUSTOMER)
                .answeredBy("104")
                .after(3, SECONDS)
                .hangUp();
        kit.receive(next).pass(INTERVAL);

        assertThat(before).containsOnlyKeys("Sales");
        assertThat(departments()).containsOnlyKeys("Support");
    }

    @Test
    void shouldTakeARevisedCallOutOfTheDepartmentThatItWasCountedIn() {
        kit.directory(ANNA).receive(ANSWERED).pass(INTERVAL);
        assertThat(departments()).containsOnlyKeys("Sales");
        Notification last =
                ANSWERED.notifications().get(ANSWERED.notifications().size() - 1);

        kit.directory(user("104", "Anna", "Support"));
        kit.receive(TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 2)));
        kit.pass(INTERVAL);

        Map<String, @Nullable String> sent = new TreeMap<>();
        kit.windowMetrics().stream()
                .filter(window -> window.key().contains("/department/"))
                .forEach(window -> sent.put(window.key(), window.json()));
        assertThat(sent)
                .hasSize(8)
                .allSatisfy((key, json) -> assertThat(json == null).as(key).isEqualTo(key.contains("/Sales/")));
    }

    @Test
    void shouldForgetAnExtensionThatIsDeleted() {
        kit.directory(ANNA).directory(ANNA.key(), null).receive(ANSWERED);

        assertThat(row(id("104")).path("extensionName").isNull()).isTrue();
        assertThat(departments()).isEmpty();
    }

    @Test
    void shouldPassOverWhatDescribesNoExtension() {
        kit.directory(ANNA)
                .directory(BEN.key(), "{\"accountId\":".getBytes(UTF_8))
                .directory(null, "{}".getBytes(UTF_8))
                .directory("other/key", DirectoryJson.write(CLEO))
                .directory(null, null)
                .receive(BLIND)
                .passUntilNothingWaits();

        Map<String, ObjectNode> rows = rows();
        assertThat(rows.get(id("104")).path("extensionName").asText()).isEqualTo("Anna");
        assertThat(rows.get(id("106")).path("extensionName").isNull()).isTrue();
        assertThat(kit.deadLetters()).isEmpty();
    }

    /** The last record counts: what was known before would come back, or not, with the next start. */
    @Test
    void shouldNotKnowAnExtensionWhoseLastRecordCannotBeUsed() {
        kit.directory(ANNA).directory(ANNA.key(), "[]".getBytes(UTF_8)).receive(ANSWERED);

        assertThat(row(id("104")).path("extensionName").isNull()).isTrue();
    }

    @Test
    void shouldChangeNoRecordNoLiveCallAndNoPartyEvent() {
        List<PhoneCall> calls = List.of(ANSWERED, QUEUED, BLIND);
        calls.forEach(kit::receive);
        kit.passUntilNothingWaits();
        List<String> without = everythingOfCalls();
        kit.close();
        kit = new TopologyKit();

        List.of(ANNA, BEN, CLEO, HOTLINE).forEach(kit::directory);
        calls.forEach(kit::receive);
        kit.passUntilNothingWaits();

        assertThat(without).isNotEmpty();
        assertThat(everythingOfCalls()).isEqualTo(without);
        assertThat(rows().get(id("104")).path("extensionName").asText()).isEqualTo("Anna");
    }

    private List<String> everythingOfCalls() {
        List<String> all = new ArrayList<>();
        kit.emitted().forEach(sent -> all.add(sent.key() + sent.json() + sent.headers()));
        kit.liveCalls().forEach(sent -> all.add(sent.key() + sent.json() + sent.headers()));
        kit.partyEvents().forEach(sent -> all.add(sent.key() + sent.json() + sent.headers()));
        return all;
    }

    private ObjectNode row(String extensionId) {
        return Objects.requireNonNull(rows().get(extensionId));
    }

    /** The last row of each extension. */
    private Map<String, ObjectNode> rows() {
        Map<String, ObjectNode> rows = new HashMap<>();
        kit.partyRows().forEach(row -> rows.put(row.text("extensionId"), row.tree()));
        return rows;
    }

    private Set<String> windows() {
        return new TreeSet<>(held().keySet());
    }

    /** The hour's windows of departments that came out since this was last asked, by department. */
    private Map<String, ObjectNode> departments() {
        Map<String, ObjectNode> departments = new TreeMap<>();
        held().forEach((key, window) -> {
            if (key.contains("/department/") && key.contains(HOUR)) {
                departments.put(window.path("scopeId").asText(), window);
            }
        });
        return departments;
    }

    private Map<String, ObjectNode> held() {
        Map<String, ObjectNode> held = new TreeMap<>();
        kit.windowMetrics().forEach(window -> {
            if (window.isTombstone()) {
                held.remove(window.key());
            } else {
                held.put(window.key(), window.tree());
            }
        });
        return held;
    }

    private static String id(String number) {
        return ACCOUNT.extension(number).id();
    }

    private static DirectoryEntry user(String number, String name, String department) {
        return new DirectoryEntry(ACCOUNT.id(), id(number), name, "user", null, department, null);
    }
}
