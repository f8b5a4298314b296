package io.callweave.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.directory.DirectoryEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads all pages of the company directory and of the call queues, within RingCentral's limits. */
class CompanyDirectoryTest {

    private static final String ENTRIES = "GET /restapi/v1.0/account/1/directory/entries";
    private static final String QUEUES = "GET /restapi/v1.0/account/1/call-queues";
    private static final String NO_QUEUES = "{\"records\":[],\"paging\":{\"totalPages\":0,\"totalElements\":0}}";

    private final List<Duration> pauses = new ArrayList<>();
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
    void shouldDescribeUsersQueuesAndMenus() throws InterruptedException {
        ringCentral.on(ENTRIES, 200, page(1, 1, 4, """
                {"id":"101","type":"User","firstName":" Ann ","lastName":"Doe","department":"Sales",
                 "site":{"id":"9","name":"Leeds"}},
                {"id":"102","type":"Department","name":"Support"},
                {"id":103,"type":"IvrMenu","name":"Main menu","site":{"id":"9"}},
                {"id":"104","type":"ParkLocation"},
                {"id":"mail-7","type":"External","firstName":"Somebody"}"""));
        ringCentral.on(QUEUES, 200, page(1, 1, 2, """
                {"id":"102","name":"Support"},{"id":"105","name":"Hidden queue"}"""));

        CompanyDirectory.Listing listing = read();

        assertThat(listing.entries())
                .containsExactlyInAnyOrder(
                        new DirectoryEntry("1", "101", "Ann Doe", "user", "Leeds", "Sales", null),
                        new DirectoryEntry("1", "102", "Support", "queue", null, null, null),
                        new DirectoryEntry("1", "103", "Main menu", "ivr", null, null, null),
                        new DirectoryEntry("1", "104", null, "parkLocation", null, null, null),
                        new DirectoryEntry("1", "105", "Hidden queue", "queue", null, null, null));
        assertThat(listing.whole()).isTrue();
        assertThat(listing.queuesRefused()).isNull();
    }

    @Test
    void shouldReadAllPagesAndWaitBeforeALimitIsReached() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 3, 3, user("101")), limit(40, 39))
                .on(ENTRIES, 200, page(2, 3, 3, user("102")), limit(40, 10))
                .on(ENTRIES, 200, page(3, 3, 3, user("103")), limit(40, 39))
                .on(QUEUES, 200, NO_QUEUES);

        assertThat(read().entries())
                .extracting(DirectoryEntry::extensionId)
                .containsExactlyInAnyOrder("101", "102", "103");
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofSeconds(60));
    }

    @Test
    void shouldAskAgainWhenRingCentralWantsFewerRequests() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 429, "{}", "Retry-After", "0")
                .on(ENTRIES, 200, page(1, 1, 1, user("101")))
                .on(QUEUES, 200, NO_QUEUES);

        assertThat(read().entries()).hasSize(1);
    }

    @Test
    void shouldKnowThatTheDirectoryChangedWhileItWasRead() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 2, 3, user("101")))
                .on(ENTRIES, 200, page(2, 2, 3, user("101")))
                .on(QUEUES, 200, NO_QUEUES);

        assertThat(read().whole()).isFalse();
    }

    /** All names would be deleted otherwise, because queues are listed. */
    @Test
    void shouldNotTakeAnEmptyListForADirectoryThatHasLostAll() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 0, 0, ""))
                .on(QUEUES, 200, page(1, 1, 1, "{\"id\":\"102\",\"name\":\"Support\"}"));

        assertThat(read().whole()).isFalse();
    }

    @Test
    void shouldDoWithoutCallQueuesIfTheyMayNotBeListed() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 1, 1, user("101")))
                .on(QUEUES, 403, "{\"errors\":[{\"errorCode\":\"CMN-408\",\"message\":\"needs [ReadExtensions]\"}]}");

        CompanyDirectory.Listing listing = read();

        assertThat(listing.entries()).hasSize(1);
        assertThat(listing.queuesRefused()).contains("ReadExtensions");
    }

    @Test
    void shouldSayThatTheUserIsOfAnotherAccount() {
        assertThatThrownBy(this::read).hasMessage("RingCentral does not show the account 1 to this user.");
    }

    @Test
    void shouldKnowTheMailboxes() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 1, 2, user("101") + ",{\"id\":\"102\",\"type\":\"IvrMenu\"}"))
                .on(QUEUES, 200, page(1, 1, 1, "{\"id\":\"201\",\"name\":\"Support\"}"));

        assertThat(ringCentral.client().directory("1").mailboxes(pauses::add)).containsExactlyInAnyOrder("101", "201");
    }

    /** All accounts read theirs at the same time. */
    @Test
    void shouldNotKeepMoreMailboxesThanASubscriptionHasFiltersFor() {
        String users = IntStream.rangeClosed(1, 20_001)
                .mapToObj(id -> user(Integer.toString(id)))
                .collect(Collectors.joining(","));
        ringCentral.on(ENTRIES, 200, page(1, 1, 20_001, users)).on(QUEUES, 200, NO_QUEUES);

        assertThatThrownBy(() -> ringCentral.client().directory("1").mailboxes(pauses::add))
                .hasMessage("The account 1 has more than 20,000 mailboxes.");
    }

    /** Calls of an account wait until its mailboxes are known. */
    @Test
    void shouldNotWaitForAnHourBecauseTheServerSaysSo() throws InterruptedException {
        ringCentral
                .on(ENTRIES, 200, page(1, 2, 2, user("101")), limitIn("3600"))
                .on(ENTRIES, 200, page(2, 2, 2, user("102")))
                .on(QUEUES, 200, NO_QUEUES);

        read();

        assertThat(pauses).containsExactly(Duration.ofMinutes(2));
    }

    private CompanyDirectory.Listing read() throws InterruptedException {
        return ringCentral.client().directory("1").read(pauses::add, read -> {});
    }

    private static String page(int page, int pages, int total, String records) {
        return "{\"records\":[" + records + "],\"paging\":{\"page\":" + page + ",\"totalPages\":" + pages
                + ",\"totalElements\":" + total + "}}";
    }

    private static String user(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"User\",\"firstName\":\"Ann\"}";
    }

    private static String[] limitIn(String seconds) {
        String[] limit = limit(40, 0);
        limit[limit.length - 1] = seconds;
        return limit;
    }

    private static String[] limit(int limit, int left) {
        return new String[] {
            "X-Rate-Limit-Limit", Integer.toString(limit),
            "X-Rate-Limit-Remaining", Integer.toString(left),
            "X-Rate-Limit-Window", "60"
        };
    }
}
