package io.callweave.bridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.SinkStatus;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Accounts;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.account.VerificationTokens;
import io.callweave.meter.Metric;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.TelephonyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BridgeActivityTest {

    private static final int SERIES = 200;
    private static final List<Account> THOUSAND =
            IntStream.range(1_000, 2_000).mapToObj(id -> account(id, null)).toList();
    private static final Connection BY_WEBSOCKET = new Connection(
            new Credentials("client", "secret", "jwt"),
            List.of(TelephonyFilter.OF_ACCOUNT),
            Connection.Way.WEBSOCKET,
            false,
            Set.of(),
            null);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-05T09:00:00Z");
    private BridgeActivity activity;

    /** Each account sends 6,000 notifications an hour. */
    @BeforeEach
    void start() {
        ExpectationsFile file = new ExpectationsFile(folder.resolve("expectations.properties"));
        double[] usual = new double[WeeklyExpectation.HOURS];
        Arrays.fill(usual, 6_000);
        Map<String, double[]> learned = new HashMap<>();
        THOUSAND.forEach(account -> learned.put(account.id(), usual));
        file.write(learned);
        activity = new BridgeActivity(
                new BridgeMetrics(registry), new SilenceLimits(Duration.ofMinutes(15), 50), SERIES, file, () -> now);
    }

    @Test
    void shouldMissNoneOfAThousandAccounts() throws Exception {
        activity.use(Accounts.of(THOUSAND));
        pass(Duration.ofMinutes(20));
        THOUSAND.stream().filter(account -> !account.id().equals("1998")).forEach(this::publish);
        activity.connection("1999", state("It is blacklisted.", now.plusSeconds(60)));
        activity.tick();

        assertThat(gauge(Metric.BRIDGE_ACCOUNTS, "transport", "webhook")).isEqualTo(1_000);
        assertThat(gauge(Metric.BRIDGE_ACCOUNTS_SILENT, "transport", "webhook")).isEqualTo(1);
        assertThat(gauge(Metric.BRIDGE_ACCOUNTS_WITH_PROBLEM, "transport", "webhook"))
                .isEqualTo(1);
        assertThat(gauge(Metric.BRIDGE_SILENT, "account", "other")).isEqualTo(1);
        assertThat(gauge(Metric.BRIDGE_CONNECTION_PROBLEM, "account", "other")).isEqualTo(1);
        assertThat(gauge(Metric.BRIDGE_SUBSCRIPTION_EXPIRES, "account", "other"))
                .isEqualTo(60);
        assertThat(gauge(Metric.BRIDGE_LAST_AGE, "account", "other")).isEqualTo(1_200);
        assertThat(gauge(Metric.BRIDGE_LAST_AGE, "account", "1000")).isZero();
        assertThat(health().path("silent")).extracting(JsonNode::asText).containsExactly("1998");
        assertThat(health().path("withProblem")).extracting(JsonNode::asText).containsExactly("1999");
        assertThat(Metric.BRIDGE_NOTIFICATIONS.meterName()).satisfies(this::isLimited);
        assertThat(Metric.BRIDGE_SILENT.meterName()).satisfies(this::isLimited);
        assertThat(published("other")).isEqualTo(799);
    }

    @Test
    void shouldSayOneSentenceAMinuteHoweverManyAccountsHaveAProblem() {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(ConnectionProblems.class);
        log.addAppender(said);
        activity.use(Accounts.of(THOUSAND));

        for (int attempt = 0; attempt < 12; attempt++) {
            THOUSAND.forEach(account -> activity.connection(account.id(), state("It is refused.", now)));
            pass(Duration.ofSeconds(10));
            activity.tick();
        }
        pass(Duration.ofMinutes(5));
        activity.tick();
        log.detachAppender(said);

        assertThat(said.list)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.getKeyValuePairs())
                        .extracting(Object::toString)
                        .contains("count=\"1000\"", "problem=\"It is refused.\"", "otherProblems=\"0\""));
    }

    @Test
    void shouldForgetAnAccountThatIsGone() {
        activity.use(Accounts.of(THOUSAND.subList(0, 2)));
        publish(THOUSAND.get(0));

        activity.use(Accounts.of(THOUSAND.subList(1, 2)));

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("account"))
                .contains("1001")
                .doesNotContain("1000");
    }

    @Test
    void shouldSayNothingOfAnAccountThatAnotherBridgeFetches() {
        activity.use(Accounts.of(List.of(account(1_000, BY_WEBSOCKET))));
        pass(Duration.ofHours(2));
        double elsewhere = gauge(Metric.BRIDGE_ACCOUNTS_ELSEWHERE, "transport", "websocket");
        double silentElsewhere = gauge(Metric.BRIDGE_SILENT, "account", "1000");

        activity.connection("1000", state(null, null));
        pass(Duration.ofMinutes(20));

        assertThat(elsewhere).isEqualTo(1);
        assertThat(silentElsewhere).isNaN();
        assertThat(gauge(Metric.BRIDGE_ACCOUNTS_ELSEWHERE, "transport", "websocket"))
                .isZero();
        assertThat(gauge(Metric.BRIDGE_SILENT, "account", "1000")).isEqualTo(1);

        activity.released("1000", "websocket");
        activity.tick();

        assertThat(gauge(Metric.BRIDGE_SILENT, "account", "1000")).isNaN();
        assertThat(gauge(Metric.BRIDGE_CONNECTION_PROBLEM, "account", "1000")).isNaN();
        assertThat(gauge(Metric.BRIDGE_ACCOUNTS_SILENT, "transport", "websocket"))
                .isZero();
    }

    @Test
    void shouldHaveEveryAnswerInTheOperatorsPage() throws Exception {
        String page = Files.readString(Path.of("docs", "connect.md"), StandardCharsets.UTF_8);

        assertThat(Arrays.stream(Answer.values()).filter(answer -> answer != Answer.STOPPING))
                .allSatisfy(answer -> assertThat(page).contains("`" + answer.wireName() + "`"));
    }

    private void isLimited(String meter) {
        assertThat(registry.find(meter).meters()).hasSizeLessThanOrEqualTo(SERIES + 1);
    }

    private void pass(Duration time) {
        activity.tick();
        now = now.plus(time);
        activity.tick();
    }

    private void publish(Account account) {
        activity.published(account.id(), now.toEpochMilli(), null);
        activity.ended(account.id(), "webhook", IntakeOutcome.PUBLISHED);
    }

    private double published(String account) {
        return registry.get(Metric.BRIDGE_NOTIFICATIONS.meterName())
                .tags("account", account, "transport", "webhook", "outcome", "published")
                .counter()
                .count();
    }

    private double gauge(Metric metric, String label, String value) {
        return registry.get(metric.meterName()).tag(label, value).gauge().value();
    }

    private JsonNode health() throws Exception {
        String json =
                AccountsHealth.json(activity.accounts(), new SinkStatus(0, 0, 0, true, false), now.toEpochMilli());
        return new ObjectMapper().readTree(json);
    }

    private ConnectionState state(@Nullable String problem, @Nullable Instant expires) {
        return new ConnectionState("websocket", "connected", now, problem, expires);
    }

    private static Account account(int id, @Nullable Connection connection) {
        return new Account(
                Integer.toString(id),
                Account.defaultPath(Integer.toString(id)),
                new VerificationTokens(new ArrayList<>()),
                Privacy.NONE,
                100,
                connection);
    }
}
