package io.callweave.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.audit.Auditor;
import io.callweave.bridge.privacy.PersonalDataMasker;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.telephony.LogDifference;
import io.callweave.platform.telephony.PlatformCallLog.Planted;
import io.callweave.record.ExcludedCalls;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.calllog.CallLogReader;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Assembled;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparison finds each difference that is planted in the stand-in's log, and nothing else. */
class AuditIT {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private static final Pattern SESSION = Pattern.compile("\"telephonySessionId\":\"([^\"]+)\"");

    /** The log is settled, and limits pass, so many times faster than RingCentral's. */
    private static final double SPEED = 1_000;

    private final List<byte[]> calls = new ArrayList<>();
    private PlatformServer platform;
    private List<String> accounts;

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldNameEachPlantedDifferenceAndNothingElse() throws Exception {
        simulate(new CentreSize(7, 2, 40, START, Duration.ofHours(1), true), Integer.MAX_VALUE, 2, 5);
        platform.faults().refuse("/restapi/v1.0/account/" + accounts.get(0) + "/call-log", 429, 1, 1);

        assertThat(named(audits())).isEqualTo(expected());
    }

    /** Enough for several answers of an extract whose tokens are forgotten on the way. */
    @Test
    @Tag("full")
    void shouldReadOnWhenTheLogForgetsTokens() throws Exception {
        simulate(new CentreSize(8, 1, 400, START, Duration.ofHours(2), true), Integer.MAX_VALUE, 1, 100);
        int[] requests = {0};

        Audit audit = audit(accounts.get(0), length -> {
            Pause.REAL.of(length);
            if (++requests[0] == 2) {
                platform.faults().forgetSyncTokens();
            }
        });

        assertThat(audit.compared()).isGreaterThan(1_500);
        assertThat(requests[0]).isGreaterThan(3);
        assertThat(named(Map.of(accounts.get(0), audit))).isEqualTo(expected());
    }

    @Test
    @Tag("full")
    void shouldNameFiftyDifferencesOfAHundredThousandCalls() throws Exception {
        simulate(new CentreSize(9, 2, 3_000, START, Duration.ofDays(3), true), 100_000, 5, 1_900);

        Map<String, Audit> audits = audits();

        assertThat(audits.values().stream().mapToLong(Audit::compared).sum()).isGreaterThan(100_000);
        assertThat(named(audits)).isEqualTo(expected()).hasSize(50);
    }

    /**
     * Serves calls, all of them over.
     *
     * @param most calls
     * @param times how often each kind of difference is planted
     * @param every after so many calls one of them is
     */
    private void simulate(CentreSize size, int most, int times, int every) {
        Traffic traffic = new Traffic(size, DeliveryFaults.NONE);
        accounts = traffic.accounts();
        platform = PlatformServer.start(PlatformOptions.of(accounts).withSpeed(SPEED), Clock.systemUTC());
        List<LogDifference> plan = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            plan.addAll(List.of(LogDifference.values()));
        }
        int planned = plan.size();
        Map<String, List<String>> open = new HashMap<>();
        int ended = 0;
        while (traffic.hasNext() && ended < most) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                String text = new String(item.notification().bytes(), UTF_8);
                open.computeIfAbsent(session(text), id -> new ArrayList<>()).add(text);
            }
            if (item.told().isEmpty()) {
                continue;
            }
            List<String> whole = new ArrayList<>();
            for (CallTruth truth : item.told()) {
                JsonNode json = WireJson.read(truth.json());
                for (JsonNode each : json.path("sessions")) {
                    String id = each.path("telephonySessionId").asText();
                    List<String> notifications = open.remove(id);
                    whole.addAll(notifications == null ? List.of() : notifications);
                }
                if (!plan.isEmpty() && ended / every >= planned - plan.size()) {
                    platform.faults().plantInLog(plan.remove(0), 1);
                }
                platform.ended(truth);
                ended++;
            }
            Assembled.lines(whole).forEach(line -> calls.add(line.getBytes(UTF_8)));
        }
        assertThat(platform.faults().planted()).hasSize(planned);
    }

    /** The body's own comes before those of peers. */
    private static String session(String notification) {
        Matcher session = SESSION.matcher(notification);
        assertThat(session.find()).isTrue();
        return session.group(1);
    }

    private Map<String, Audit> audits() throws InterruptedException {
        Map<String, Audit> audits = new TreeMap<>();
        for (String account : accounts) {
            audits.put(account, audit(account, Pause.REAL));
        }
        return audits;
    }

    private Audit audit(String account, Pause pause) throws InterruptedException {
        Thread.sleep(200); // the log is up to 105 s late, divided by the speed
        PlatformCredentials known = PlatformCredentials.of(account);
        Client client = new Client(
                new Server(URI.create(platform.address()), Patience.OF_SERVERS),
                new Credentials(known.clientId(), known.clientSecret(), known.jwt()),
                InstantSource.system());
        Instant now = Instant.now();
        // As if the period had ended just now: then the log is read as an extract.
        InstantSource soon = () -> START.plus(Duration.ofDays(4));
        Auditor auditor =
                new Auditor(ExcludedCalls.NONE, new PersonalDataMasker(null), Duration.ZERO, Set.copyOf(accounts));
        Auditor.Period period = new Auditor.Period(
                START.toEpochMilli(), START.plus(Duration.ofDays(4)).toEpochMilli());
        Auditor.Sides sides = auditor.read(
                account,
                Privacy.NONE,
                period,
                new CallLogReader(client, account, pause, soon),
                (from, taker) -> calls.forEach(taker::take),
                read -> {});
        return auditor.compare(sides, period, now, List.of());
    }

    /** What the audits say, without what the calls say of themselves. */
    private Map<String, String> named(Map<String, Audit> audits) {
        Map<String, String> named = new TreeMap<>();
        audits.values().stream()
                .flatMap(audit -> audit.differences().stream())
                .filter(difference -> difference.kind() != Kind.PARTIAL)
                .forEach(difference -> named.merge(
                        difference.telephonySessionId(), said(difference), (one, other) -> one + ", " + other));
        return named;
    }

    private static String said(AuditDifference difference) {
        String fields = difference.fields().stream().map(FieldDifference::field).collect(Collectors.joining("+"));
        return difference.accountId() + " " + difference.kind().word() + (fields.isEmpty() ? "" : " " + fields)
                + (difference.otherAccount() == null ? "" : " of " + difference.otherAccount());
    }

    private Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        for (Planted planted : platform.faults().planted()) {
            String account = planted.accountId();
            String other = accounts.stream()
                    .filter(each -> !each.equals(account))
                    .findFirst()
                    .orElse("");
            expected.put(
                    planted.telephonySessionId(),
                    switch (planted.difference()) {
                        case MISSING_HERE -> account + " onlyThere";
                        case MISSING_THERE -> account + " onlyHere";
                        case TIMES -> account + " differs startTime+durationMs";
                        case RESULT -> account + " differs result";
                        case DIRECTION -> account + " differs direction";
                        case PARTY -> account + " differs to";
                        case DOUBLED -> account + " differs doubled";
                        case CUT -> account + " differs cut";
                        case UNSETTLED -> account + " unsettled durationMs+result";
                        case OTHER_ACCOUNT -> otherAccount(account, other);
                    });
        }
        return expected;
    }

    /** Missing in one log, and superfluous in the other. */
    private static String otherAccount(String account, String other) {
        if (other.isEmpty()) {
            return account + " onlyHere";
        }
        String missing = account + " onlyHere";
        String superfluous = other + " onlyThere of " + account;
        return account.compareTo(other) < 0 ? missing + ", " + superfluous : superfluous + ", " + missing;
    }
}
