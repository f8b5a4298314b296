package io.callweave.cli.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.ringcentral.FakeRingCentral;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see of the subscriptions of their account. */
class SubscribeCommandTest {

    private static final String LIST = "GET /restapi/v1.0/subscription";
    private static final String HOOK = "https://127.0.0.1:1/webhooks/1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeRingCentral ringCentral;

    @BeforeEach
    void start() throws IOException {
        ringCentral = new FakeRingCentral();
    }

    @AfterEach
    void stop() {
        ringCentral.close();
    }

    @Test
    void shouldListSubscriptions() {
        ringCentral.on(LIST, 200, "{\"records\":[" + subscription("a", "Active", 2036) + "]}");

        assertThat(subscribe("list")).isEqualTo(ExitStatus.DONE);

        assertThat(out.toString().lines())
                .last()
                .isEqualTo("own account  a             Active  2036-11-20T10:00:00Z  " + HOOK
                        + "  /restapi/v1.0/account/1/telephony/sessions");
        assertThat(err.toString()).isEqualTo("callweave: 1 subscription.\n");
    }

    @Test
    void shouldCreateWhatIsMissingOnly() {
        ringCentral
                .on(LIST, 200, "{\"records\":[]}")
                .on(LIST, 200, "{\"records\":[" + subscription("b", "Active", 2036) + "]}")
                .on("POST /restapi/v1.0/subscription", 200, subscription("b", "Active", 2036));

        assertThat(subscribe("create", "--address", HOOK)).isEqualTo(ExitStatus.DONE);
        assertThat(subscribe("create", "--address", HOOK)).isEqualTo(ExitStatus.DONE);

        assertThat(out.toString()).containsOnlyOnce("own account  b  Active");
        assertThat(err.toString()).contains("the subscription b of own account is active and stays as it is.");
    }

    @Test
    void shouldShowStraysAndDeleteThemOnlyWhenToldTo() {
        ringCentral
                .on(
                        LIST,
                        200,
                        "{\"records\":[" + subscription("keep", "Active", 2036) + ","
                                + subscription("stray", "Active", 2030) + "]}")
                .on("DELETE /restapi/v1.0/subscription/stray", 204, "");

        assertThat(subscribe("delete", "--strays", "--address", HOOK)).isEqualTo(ExitStatus.DONE);
        assertThat(ringCentral.requests()).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(out.toString()).contains("stray").doesNotContain("keep");
        assertThat(err.toString()).contains("1 stray of own account; add --yes to delete what is printed.");

        assertThat(subscribe("delete", "--strays", "--yes", "--address", HOOK)).isEqualTo(ExitStatus.DONE);
        assertThat(ringCentral.requests()).contains("DELETE /restapi/v1.0/subscription/stray");
    }

    @Test
    void shouldSayWhichSubscriptionThereIsNot() {
        ringCentral
                .on(LIST, 200, "{\"records\":[" + subscription("known", "Active", 2030) + "]}")
                .on("DELETE /restapi/v1.0/subscription/known", 204, "");

        assertThat(subscribe("delete", "known", "misspelt")).isEqualTo(ExitStatus.FAILED);

        assertThat(ringCentral.requests()).contains("DELETE /restapi/v1.0/subscription/known");
        assertThat(err.toString())
                .contains("1 subscription of own account deleted.", "callweave: There is no subscription misspelt.");
    }

    @Test
    void shouldSayAtOnceThatRingCentralWantsNoRequests() {
        ringCentral.on(LIST, 429, "{}", "Retry-After", "60");

        assertThat(subscribe("list")).isEqualTo(ExitStatus.FAILED);

        assertThat(ringCentral.requests()).containsOnlyOnce(LIST);
        assertThat(err.toString()).contains("wants none for 60 s");
    }

    @Test
    void shouldRenewTheActiveOneAtTheAddress() {
        ringCentral
                .on(LIST, 200, "{\"records\":[" + subscription("a", "Active", 2027) + "]}")
                .on("POST /restapi/v1.0/subscription/a/renew", 200, subscription("a", "Active", 2037));

        assertThat(subscribe("renew", "--address", HOOK)).isEqualTo(ExitStatus.DONE);

        assertThat(out.toString()).contains("2037-11-20T10:00:00Z");
    }

    @Test
    void shouldExamineAnAccount() {
        ringCentral.on(LIST, 200, "{\"records\":[" + subscription("a", "Blacklisted", 2036) + "]}");

        assertThat(subscribe("doctor", "--address", HOOK)).isEqualTo(ExitStatus.FAILED);

        assertThat(out.toString())
                .contains("fine: The sign-in works.")
                .contains("problem: The address " + HOOK + " cannot be reached from here.")
                .contains("problem: RingCentral delivers nothing for the subscription a (Blacklisted).");
    }

    @Test
    void shouldNameAPermissionThatTheAppLacks() {
        ringCentral.grant("ReadAccounts CallControl");
        ringCentral.on(LIST, 200, "{\"records\":[]}");

        assertThat(subscribe("doctor", "--address", HOOK)).isEqualTo(ExitStatus.FAILED);

        assertThat(out.toString()).contains("problem: The app lacks the permission SubscriptionWebhook.");
    }

    @Test
    void shouldAskPubNubsServerWhetherItCanBeReached() {
        ringCentral.on(LIST, 200, "{\"records\":[]}");

        assertThat(subscribe(
                        "doctor", "--ringcentral-transport=pubnub", "--ringcentral-pubnub-server=http://127.0.0.1:1"))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(subscribe(
                        "doctor",
                        "--ringcentral-transport=pubnub",
                        "--ringcentral-pubnub-server=" + ringCentral.address()))
                .isEqualTo(ExitStatus.DONE);

        assertThat(out.toString())
                .contains("problem: PubNub's server http://127.0.0.1:1 cannot be reached from here.")
                .contains("fine: PubNub's server " + ringCentral.address() + " answers.");
    }

    @Test
    void shouldLeaveTheRenewalOfAFeedToTheBridge() {
        ringCentral.on(LIST, 200, "{\"records\":[]}");

        assertThat(subscribe("renew", "--ringcentral-transport=websocket")).isEqualTo(ExitStatus.DONE);

        assertThat(err.toString()).contains("is connected by websocket: the bridge renews that subscription itself.");
    }

    @Test
    void shouldSayInOneSentenceThatTheCredentialsAreWrong() {
        ringCentral.refuseSignIn(400, "{\"error\":\"invalid_client\",\"error_description\":\"hush\"}");

        assertThat(subscribe("list")).isEqualTo(ExitStatus.FAILED);

        assertThat(err.toString().lines().findFirst())
                .hasValue("callweave: RingCentral does not know this app (invalid_client). Check the client id and the"
                        + " client secret, and that ringcentral.server is right: an app of the sandbox does not work in"
                        + " production.");
        assertThat(out.toString() + err).doesNotContain("hush", "the.jwt");
    }

    @Test
    void shouldSayWhatIsMissing() {
        StringWriter said = new StringWriter();

        int status = Callweave.commandLine()
                .setErr(new PrintWriter(said, true))
                .execute("subscribe", "list", "--ringcentral-client-id=app");

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(said.toString()).startsWith("callweave: No account can sign in: set ringcentral.client-id");
    }

    private int subscribe(String... arguments) {
        List<String> all = new ArrayList<>(List.of("subscribe"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of(
                "--ringcentral-server=" + ringCentral.address(),
                "--ringcentral-client-id=app",
                "--ringcentral-client-secret=hush",
                "--ringcentral-jwt=the.jwt.signed"));
        return Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static String subscription(String id, String status, int year) {
        return "{\"id\":\"" + id + "\",\"status\":\"" + status
                + "\",\"eventFilters\":[\"/restapi/v1.0/account/1/telephony/sessions\"],"
                + "\"creationTime\":\"2026-11-20T10:00:00.000Z\",\"expirationTime\":\"" + year
                + "-11-20T10:00:00.000+0000\",\"deliveryMode\":{\"transportType\":\"WebHook\",\"address\":\"" + HOOK
                + "\"}}";
    }
}
