package io.callweave.ringcentral.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.ringcentral.doctor.Finding.Weight;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is wrong with subscriptions, and what they need. */
class DoctorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String ADDRESS = "https://hooks.example/webhooks/1";
    private static final String ACCOUNT = "/restapi/v1.0/account/1/telephony/sessions";
    private static final Wanted WANTED = new Wanted(URI.create(ADDRESS), "token", List.of(TelephonyFilter.OF_ACCOUNT));

    @Test
    void shouldFindNothingWrongWithASubscriptionThatLasts() {
        List<Subscription> all = List.of(active("a", ADDRESS, 400));

        assertThat(Doctor.ofSubscriptions(WANTED, all, NOW))
                .extracting(Finding::weight)
                .containsOnly(Weight.FINE);
        assertThat(Care.of(WANTED, all, NOW).need()).isEqualTo(Care.Need.NOTHING);
    }

    @Test
    void shouldNameThePermissionsThatTheAppLacks() {
        assertThat(Doctor.ofPermissions(Set.of("CallControl", "SubscriptionWebhook"), true))
                .isEmpty();
        assertThat(Doctor.ofPermissions(Set.of("CallControl"), false)).isEmpty();
        assertThat(Doctor.ofPermissions(Set.of(), true)).as("not said").isEmpty();
        assertThat(Doctor.ofPermissions(Set.of("ReadAccounts"), true))
                .extracting(Finding::weight, Finding::sentence)
                .containsExactly(
                        tuple(Weight.PROBLEM, "The app lacks the permission CallControl and SubscriptionWebhook."));
    }

    @Test
    void shouldWarnOfPermissionsThatOnlyArtifactsNeed() {
        assertThat(Doctor.ofArtifacts(Set.of("CallControl", "ReadAccounts", "ReadMessages"), Set.of(FactKind.values())))
                .extracting(Finding::weight, Finding::sentence)
                .containsExactly(
                        tuple(Weight.WARNING, "The app lacks the permission ReadCallRecording for recordings."),
                        tuple(Weight.WARNING, "The app lacks the permission RingSense for AI insights."));
        assertThat(Doctor.ofArtifacts(Set.of("CallControl"), Set.of())).isEmpty();
    }

    @Test
    void shouldMissASubscription() {
        List<Subscription> all = List.of(active("a", "https://elsewhere.example/", 400));

        assertThat(Doctor.ofSubscriptions(WANTED, all, NOW))
                .extracting(Finding::sentence)
                .containsExactly("No subscription delivers these events to " + ADDRESS + ".");
        assertThat(Care.of(WANTED, all, NOW).need()).isEqualTo(Care.Need.CREATE);
    }

    @Test
    void shouldRenewInTheLastThreeDaysOrTheLastHalf() {
        assertThat(Care.of(WANTED, List.of(active("a", ADDRESS, 4)), NOW).need())
                .isEqualTo(Care.Need.NOTHING);
        assertThat(Care.of(WANTED, List.of(active("a", ADDRESS, 2)), NOW).need())
                .isEqualTo(Care.Need.RENEW);
        assertThat(Doctor.ofSubscriptions(WANTED, List.of(active("a", ADDRESS, 2)), NOW))
                .extracting(Finding::sentence)
                .containsExactly("The subscription a is active and expires at 2026-11-22T10:00:00Z.");
    }

    @Test
    void shouldSaySinceWhenAndWhyASubscriptionIsBlacklisted() {
        Subscription blacklisted = subscription(
                "a",
                "Blacklisted",
                ADDRESS,
                ACCOUNT,
                400,
                new Subscription.Blacklisted("Read timed out", Instant.parse("2026-11-19T05:24:00.720Z")));

        assertThat(Doctor.ofSubscriptions(WANTED, List.of(blacklisted), NOW))
                .extracting(Finding::sentence)
                .containsExactly("RingCentral delivers nothing for the subscription a (Blacklisted since"
                        + " 2026-11-19T05:24:00Z: Read timed out).");
        assertThat(Care.of(WANTED, List.of(blacklisted), NOW).need()).isEqualTo(Care.Need.CREATE);
    }

    @Test
    void shouldFindStraysAtTheSameAddressOnly() {
        Subscription kept = active("kept", ADDRESS, 400);
        Subscription shorter = active("shorter", ADDRESS, 100);
        Subscription extension = subscription(
                "extension", "Active", ADDRESS, "/restapi/v1.0/account/1/extension/2/telephony/sessions", 900, null);
        Subscription elsewhere = active("elsewhere", "https://elsewhere.example/", 400);
        Subscription presence =
                subscription("presence", "Active", ADDRESS, "/restapi/v1.0/account/1/presence", 9, null);
        List<Subscription> all = List.of(shorter, elsewhere, kept, presence, extension);

        assertThat(Strays.at(ADDRESS, all))
                .extracting(Subscription::id)
                .doesNotContain("elsewhere", "presence", "kept");
        assertThat(Doctor.ofSubscriptions(WANTED, all, NOW))
                .extracting(Finding::sentence)
                .anyMatch(sentence -> sentence.startsWith("Each event comes"));
    }

    @Test
    void shouldNotCallSubscriptionsOfDifferentExtensionsStrays() {
        Subscription one =
                subscription("1", "Active", ADDRESS, "/restapi/v1.0/account/1/extension/1/telephony/sessions", 9, null);
        Subscription two =
                subscription("2", "Active", ADDRESS, "/restapi/v1.0/account/1/extension/2/telephony/sessions", 9, null);

        assertThat(Strays.at(ADDRESS, List.of(one, two))).isEmpty();
    }

    @Test
    void shouldRefuseALongTokenWithoutShowingIt() {
        Wanted wanted = new Wanted(URI.create(ADDRESS), "s".repeat(40), List.of(TelephonyFilter.OF_ACCOUNT));

        assertThat(Doctor.ofWanted(wanted))
                .extracting(Finding::sentence)
                .containsExactly("The verification token has 40 characters; RingCentral refuses more than 32.");
        assertThat(wanted.toString()).doesNotContain("sss");
    }

    @Test
    void shouldWarnOfFiltersThatLeaveEventsOut() {
        Wanted wanted = new Wanted(
                URI.create(ADDRESS),
                "token",
                TelephonyFilter.parseAll("/account/~/telephony/sessions?statusCode=Answered,"
                        + "/account/~/extension/~/telephony/sessions"));

        assertThat(Doctor.ofWanted(wanted)).extracting(Finding::weight).containsExactly(Weight.WARNING, Weight.WARNING);
    }

    @Test
    void shouldWarnBeforeTheJwtExpires() {
        String payload = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"exp\":" + NOW.plus(Duration.ofDays(3)).getEpochSecond() + "}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(Doctor.ofCredentials(new Credentials("a", "b", "x." + payload + ".y"), NOW))
                .extracting(Finding::sentence)
                .containsExactly("The JWT expires at 2026-11-23T10:00:00Z.");
        assertThat(Doctor.ofCredentials(new Credentials("a", "b", "opaque"), NOW))
                .extracting(Finding::weight)
                .containsExactly(Weight.FINE);
    }

    private static Subscription active(String id, String address, int days) {
        return subscription(id, "Active", address, ACCOUNT, days, null);
    }

    private static Subscription subscription(
            String id,
            String status,
            String address,
            String filter,
            int days,
            Subscription.@Nullable Blacklisted blacklisted) {
        return new Subscription(
                id,
                status,
                List.of(filter),
                List.of(),
                "WebHook",
                address,
                NOW.minus(Duration.ofDays(30)),
                NOW.plus(Duration.ofDays(days)),
                blacklisted);
    }
}
