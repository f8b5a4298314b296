package io.callweave.cli.console;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.console.app.ConsoleRole;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What nobody may see, searched in the answers of every route and in the stream of events: numbers and names where these are
 * masked, and anything of an account in what a token of another one gets.
 */
@Tag("full")
class ConsoleSecretsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "o".repeat(32);
    private static final String OF_OTHERS = "b".repeat(32);
    private static final SimulatedAccount ACCOUNT = ConsoleAtWork.ACCOUNT;
    private static final SimulatedAccount OTHERS = SimulatedAccount.SECOND;

    /** An own number is in no notification that is rejected, so that each place shows its own. */
    private static final String REJECTED = "+14155550177";

    private static final Pattern PERSONAL = Pattern.compile("\\+(\\d{7,})|\"(?:name|callerName)\" ?: ?\"([^\"]{4,})\"");
    private static final Pattern IDS = Pattern.compile("\"(?:s|p|accountId|extensionId)[A-Za-z]*\" ?: ?\"([^\"]{8,})\""
            + "|\"(?:accountId|extensionId|id)\" ?: ?\"([^\"]{8,})\"");

    @TempDir
    private static Path folder;

    private static ConsoleAtWork product;
    private static ConsoleRole masked;
    private static EventLines heard;
    private static EventLines heardMasked;
    private static EventLines heardByOthers;
    private static ApiQuestions questions;
    private static String ours;
    private static String theirs;

    @BeforeAll
    static void start() throws Exception {
        product = ConsoleAtWork.start(folder, "UTC", ALL + "=*," + OF_OTHERS + "=" + OTHERS.id());
        masked = product.startAnother(Map.of("console.masking", "on"));
        await().until(masked::isReady);
        await().until(product::isReady);
        heard = EventLines.listen(product.address(), ALL);
        heardMasked = EventLines.listen(masked.address(), ALL);
        heardByOthers = EventLines.listen(product.address(), OF_OTHERS);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<PhoneCall> calls = calls(ACCOUNT, 100, now);
        List<PhoneCall> otherCalls = calls(OTHERS, 200, now);
        ours = sent(calls, now) + "\"accountId\":\"" + ACCOUNT.id() + "\"" + ConsoleAtWork.names();
        theirs = sent(otherCalls, now);
        for (PhoneCall each : Stream.concat(calls.stream(), otherCalls.stream()).toList()) {
            product.takeIn(soFar(each, now));
        }
        product.takeInBodies(List.of(
                "{\"uuid\":\"1\",\"event\":\"/x\",\"body\":{\"from\":\"" + REJECTED + "\",\"name\":\"Olga Petrova\"",
                "From: Olga Petrova " + REJECTED));
        List<Map<String, String>> asked = new ArrayList<>();
        for (PhoneCall each : calls) {
            asked.add(inPath(ACCOUNT, each));
            asked.add(inPath(OTHERS, each));
        }
        otherCalls.forEach(each -> asked.add(inPath(OTHERS, each)));
        questions = new ApiQuestions(
                ApiQuestions.described(product.address(), ALL),
                asked,
                Map.of(
                        "account", List.of(ACCOUNT.id()),
                        "id", List.of(ACCOUNT.id(), ACCOUNT.extension("101").id()),
                        "from", List.of("2020-01-01T00:00:00Z"),
                        "to", List.of("2100-01-01T00:00:00Z"),
                        "cursor", List.of("MQoxCjE")),
                bodies());
        awaitAll(calls, otherCalls);
    }

    private static Map<String, String> inPath(SimulatedAccount account, PhoneCall call) {
        String id = ConsolePageSupport.id(call);
        return Map.of("account", account.id(), "call", id, "id", id);
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : Stream.of(heard, heardMasked, heardByOthers, masked, product)
                .filter(Objects::nonNull)
                .toList()) {
            close(each);
        }
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Calls that are over and that go on, with a transfer, a queue, a hold and names of callers. */
    private static List<PhoneCall> calls(SimulatedAccount account, int seed, Instant now) {
        String number = "+1415555" + seed;
        return List.of(
                call().in(account)
                        .seeded(seed)
                        .startingAt(now.minusSeconds(300))
                        .inbound(number + "1")
                        .queue("Billing " + seed, "101", "103", "106")
                        .answeredBy("101")
                        .nameLearned("Grace Whitmore " + seed)
                        .after(12, SECONDS)
                        .attendedTransferTo("102")
                        .after(20, SECONDS)
                        .hangUp()
                        .after(30, SECONDS),
                call().in(account)
                        .seeded(seed + 1)
                        .startingAt(now.minusSeconds(200))
                        .outbound("104", number + "2")
                        .answered()
                        .after(5, SECONDS)
                        .onHold(10, SECONDS)
                        .hangUp()
                        .after(20, SECONDS),
                call().in(account)
                        .seeded(seed + 2)
                        .startingAt(now.minusSeconds(60))
                        .inbound(number + "3")
                        .answeredBy("105")
                        .nameLearned("Henry Osborne " + seed)
                        .after(7, SECONDS)
                        .hangUp()
                        .after(9, MINUTES));
    }

    private static List<Notification> soFar(PhoneCall phoneCall, Instant now) {
        return phoneCall.notifications().stream()
                .filter(notification -> !notification.eventTime().isAfter(now))
                .toList();
    }

    private static String sent(List<PhoneCall> calls, Instant now) {
        StringBuilder sent = new StringBuilder();
        calls.forEach(each -> soFar(each, now).forEach(one -> sent.append(one.json())));
        return sent.toString();
    }

    private static List<String> bodies() {
        return List.of(
                "{}",
                "{\"format\":\"csv\"}",
                "{\"format\":\"ndjson\"}",
                "{\"account\":\"" + ACCOUNT.id() + "\"}",
                "{\"text\":\"555\"}",
                "{\"text\":\"Dana\",\"sort\":\"wait\"}",
                "{\"extension\":\"" + ACCOUNT.extension("101").id() + "\"}");
    }

    private static void awaitAll(List<PhoneCall> calls, List<PhoneCall> others) {
        List<String> over = new ArrayList<>();
        Stream.of(calls, others).forEach(each -> {
            over.add(ConsolePageSupport.id(each.get(0)));
            over.add(ConsolePageSupport.id(each.get(1)));
        });
        await().untilAsserted(() -> {
            for (String address : List.of(product.address(), masked.address())) {
                JsonNode health = JSON.readTree(get(address, "/v1/health").body());
                assertThat(health.path("calls").asInt()).isEqualTo(over.size());
                assertThat(health.path("live").asInt()).isEqualTo(2);
                assertThat(JSON.readTree(get(address, "/v1/dead-letters").body())
                                .path("letters"))
                        .hasSize(2);
                assertThat(JSON.readTree(get(address, "/v1/wallboard").body())
                                .at("/today/calls")
                                .asInt())
                        .isEqualTo(over.size());
            }
            for (EventLines lines : List.of(heard, heardMasked)) {
                assertThat(lines.text()).contains(over);
            }
            assertThat(heardByOthers.text()).contains(over.subList(2, 4));
        });
    }

    private static HttpResponse<String> get(String address, String path) throws Exception {
        return questions.ask(address, ALL, new ApiQuestions.Question("GET", path, path, null));
    }

    @Test
    void shouldShowNoNumberAndNoNameWhereTheyAreMasked() throws Exception {
        Set<String> secrets = found(PERSONAL, ours + theirs);
        secrets.addAll(List.of(REJECTED.substring(1), "Olga Petrova"));

        String open = answers(product.address(), ALL, true) + ApiQuestions.readable(heard.text());

        assertThat(secrets).as("the same without masking").allMatch(open::contains);
        assertThatNoneIsShown(secrets, masked.address(), ALL, heardMasked);
    }

    @Test
    void shouldShowNothingOfAnotherAccount() throws Exception {
        Set<String> secrets = found(PERSONAL, ours);
        secrets.addAll(found(IDS, ours));
        secrets.removeAll(found(PERSONAL, theirs));
        secrets.removeAll(found(IDS, theirs));

        String open = answers(product.address(), ALL, true) + ApiQuestions.readable(heard.text());

        assertThat(secrets).as("what a token of all sees").allMatch(open::contains);
        assertThatNoneIsShown(secrets, product.address(), OF_OTHERS, heardByOthers);
        assertThat(answers(product.address(), OF_OTHERS, false))
                .as("what is its own")
                .contains(OTHERS.id(), "Henry Osborne 200");
    }

    private static void assertThatNoneIsShown(Set<String> secrets, String address, String token, EventLines events)
            throws Exception {
        for (ApiQuestions.Question question : questions.all()) {
            String answer = ApiQuestions.readable(questions.ask(address, token, question));
            assertThat(secrets).as(question.toString()).noneMatch(answer::contains);
        }
        assertThat(secrets).as("events").noneMatch(ApiQuestions.readable(events.text())::contains);
    }

    /** All answers; of a token that may see all, each route has one. */
    private static String answers(String address, String token, boolean all) throws Exception {
        StringBuilder answers = new StringBuilder();
        Set<String> answered = new HashSet<>();
        for (ApiQuestions.Question question : questions.all()) {
            HttpResponse<String> answer = questions.ask(address, token, question);
            if (answer.statusCode() == 200) {
                answered.add(question.route());
            }
            answers.append(ApiQuestions.readable(answer)).append('\n');
        }
        if (all) {
            assertThat(answered).containsExactlyInAnyOrderElementsOf(questions.routes());
        }
        return answers.toString();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .forEach(each -> found.add(each.group(1) == null ? each.group(2) : each.group(1)));
        return found;
    }
}
