package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallStoreTest {

    private static final AccountScope ALL = AccountScope.OPERATOR;
    private static final AccountScope OF_2 = new AccountScope(Set.of("2"));

    @TempDir
    private Path folder;

    private @Nullable String unwanted;
    private CallStore store;

    @BeforeEach
    void open() {
        store = new CallStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldLetOnlyTheOwnerReadItsFiles(@TempDir Path other) throws IOException {
        Path made = other.resolve("console");

        try (CallStore open = new CallStore(made);
                Stream<Path> files = Files.list(made)) {
            assertThat(open.agents()).isNotNull();
            assertThat(Files.getPosixFilePermissions(made)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(files)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .as("%s", file)
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void shouldKeepTheNewestRevisionOfTheNewestEpoch() {
        put(call("1", "a", 0).put("revision", 2));
        put(call("1", "a", 0).put("revision", 1).put("result", "older"));

        assertThat(text(store.find(ALL, "1", "a").orElseThrow().record())).contains("\"revision\":2");
        // Epochs are times in milliseconds.
        put(call("1", "a", 0).put("epoch", 1L << 31).put("revision", 1));
        CallStore.Found found = store.find(ALL, "1", "a").orElseThrow();
        assertThat(text(found.record())).contains("\"epoch\":2147483648");
        assertThat(found.revisions())
                .extracting(each -> each.epoch() + "." + each.revision())
                .containsExactly("0.2", "2147483648.1");
        assertThat(store.size(ALL)).isEqualTo(1);
    }

    @Test
    void shouldKeepTheRecordsOfOlderRevisions() {
        put(call("1", "a", 0).put("result", "first"));
        put(call("1", "a", 0).put("revision", 2).put("result", "second"));
        put(call("1", "a", 0).put("revision", 3).put("result", "third"));

        List<CallStore.Revision> revisions =
                store.find(ALL, "1", "a").orElseThrow().revisions();

        assertThat(revisions).extracting(CallStore.Revision::revision).containsExactly(1, 2, 3);
        assertThat(text(revisions.get(0).record())).contains("first");
        assertThat(text(revisions.get(1).record())).contains("second");
        assertThat(revisions.get(2).record()).as("the call has it").isNull();
    }

    @Test
    void shouldGiveARecordOnlyToItsOwnRevision() {
        String large = new Random(1)
                .ints(100_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        put(call("1", "a", 0).put("result", large));
        put(call("1", "a", 0).put("revision", 3).put("result", "third"));
        put(call("1", "a", 0).put("revision", 2).put("result", "too late"));
        put(call("1", "a", 0).put("revision", 4).put("result", "fourth"));

        List<CallStore.Revision> revisions =
                store.find(ALL, "1", "a").orElseThrow().revisions();

        assertThat(revisions).extracting(CallStore.Revision::revision).containsExactly(1, 3, 4);
        assertThat(revisions.get(0).record()).as("it is too large").isNull();
        assertThat(text(revisions.get(1).record())).contains("third");
        assertThat(revisions.get(2).record()).as("the call has it").isNull();
    }

    @Test
    void shouldOnlyListTheRevisionsOfACallThatHasVeryMany() {
        for (int i = 1; i <= 60; i++) {
            put(call("1", "a", 0).put("revision", i).put("result", "number " + i));
        }

        List<CallStore.Revision> revisions =
                store.find(ALL, "1", "a").orElseThrow().revisions();

        assertThat(revisions).hasSize(60);
        assertThat(revisions.stream().filter(each -> each.record() != null)).hasSize(StoreBatch.MOST_RECORDS);
        assertThat(text(revisions.get(9).record())).contains("number 10");
    }

    @Test
    void shouldNotShowACallThatIsPartOfAnotherOne() {
        put(call("1", "a", 0));
        put(call("1", "a", 0).put("revision", 2).put("status", "superseded"));

        assertThat(ids(ALL, ListFilter.ALL)).isEmpty();
        assertThat(store.find(ALL, "1", "a")).isEmpty();
        assertThat(store.statistics(ALL, ListFilter.ALL).calls()).isZero();
    }

    @Test
    void shouldFollowACallToTheOneThatHasItNow() {
        put(call("1", "a", 0).put("status", "superseded").put("supersededBy", "b"));
        put(call("1", "b", 0).put("status", "superseded").put("supersededBy", "c"));
        put(call("1", "round", 0).put("status", "superseded").put("supersededBy", "round"));
        put(call("1", "c", 0));

        assertThat(store.supersededBy(ALL, "1", "a")).contains("c");
        assertThat(store.supersededBy(ALL, "1", "c")).isEmpty();
        assertThat(store.supersededBy(ALL, "1", "nothing")).isEmpty();
        assertThat(store.supersededBy(ALL, "1", "round")).isEmpty();
        assertThat(store.supersededBy(OF_2, "1", "a")).isEmpty();
    }

    @Test
    void shouldShowOnlyTheAccountsOfAToken() {
        ObjectNode waited = call("1", "a", 1);
        visit(waited, "q", 1);
        put(waited);
        ObjectNode other = call("2", "b", 2);
        visit(other, "q", 1);
        put(other);

        assertThat(ids(OF_2, ListFilter.ALL)).containsExactly("b");
        assertThat(store.waits(OF_2, ListFilter.ALL).inQueue()).containsOnlyKeys("2");
        assertThat(ids(OF_2, filter("1", null, null))).isEmpty();
        assertThat(store.find(OF_2, "1", "a")).isEmpty();
        assertThat(store.statistics(OF_2, ListFilter.ALL).calls()).isEqualTo(1);
        assertThat(store.accounts(OF_2)).containsExactly("2");
        List<byte[]> exported = new ArrayList<>();
        exported.addAll(store.export(OF_2, ListFilter.ALL, null).rows());
        assertThat(exported).hasSize(1);
        assertThat(ids(ALL, ListFilter.ALL)).containsExactly("b", "a");
    }

    @Test
    void shouldExportAllCallsOfManyPages() {
        for (int i = 100; i < 200; i++) {
            put(call("1", "call-" + i, i % 7));
        }
        List<String> exported = new ArrayList<>();

        CallStore.Page<byte[]> page = store.export(ALL, ListFilter.ALL, null);
        while (page.next() != null) {
            page.rows().forEach(record -> exported.add(text(record).replaceAll(".*(call-\\d+).*", "$1")));
            page = store.export(ALL, ListFilter.ALL, page.next());
        }
        page.rows().forEach(record -> exported.add(text(record).replaceAll(".*(call-\\d+).*", "$1")));

        assertThat(exported).hasSize(100).doesNotHaveDuplicates();
    }

    /** Each page is in memory, and several people ask at the same time. */
    @Test
    void shouldEndAPageBehindLargeRecords() {
        for (int i = 0; i < 6; i++) {
            put(call("1", "call-" + i, i).put("result", "x".repeat(1_500_000)));
        }

        CallStore.Page<byte[]> exported = store.export(ALL, ListFilter.ALL, null);
        CallStore.Page<byte[]> found =
                store.search(ALL, ListFilter.ALL, ListOrder.START, 500, null, Function.identity());

        assertThat(exported.rows()).hasSize(3);
        assertThat(found.rows()).hasSize(3);
        assertThat(store.export(ALL, ListFilter.ALL, exported.next()).rows()).hasSize(3);
    }

    @Test
    void shouldLeaveOutOlderRecordsBehindLargeOnes() {
        for (int i = 1; i <= 5; i++) {
            put(call("1", "a", 0).put("revision", i).put("result", "x".repeat(1_000_000)));
        }

        List<CallStore.Revision> revisions =
                store.find(ALL, "1", "a").orElseThrow().revisions();

        assertThat(revisions).hasSize(5);
        assertThat(revisions.stream().filter(each -> each.record() != null)).hasSize(2);
    }

    @Test
    void shouldKeepNoMoreMissedCallersThanAnybodyAsksFor() {
        for (int i = 0; i < MissedCallers.MOST + 2; i++) {
            ObjectNode call = call("1", "call-" + i, 0);
            call.putObject("from").put("phoneNumber", "+1555%07d".formatted(i));
            put(call.put("startTime", Instant.EPOCH.plusSeconds(i).toString()));
        }

        MissedCallers found = store.missed(ALL, ListFilter.ALL);

        assertThat(found.callers()).hasSize(MissedCallers.MOST);
        assertThat(found.callers().get(0).callId()).isEqualTo("call-" + (MissedCallers.MOST + 1));
        assertThat(found.all()).isEqualTo(MissedCallers.MOST + 2);
    }

    @Test
    void shouldPageThroughCallsOfTheSameMoment() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            put(call("1", id, 7));
        }
        List<String> seen = new ArrayList<>();
        CallStore.@Nullable Place place = null;
        do {
            CallStore.Page<String> page =
                    store.search(ALL, ListFilter.ALL, ListOrder.START, 2, place, CallStoreTest::text);
            page.rows().forEach(row -> seen.add(row.replaceAll(".*\"callId\":\"(.)\".*", "$1")));
            place = page.next();
        } while (place != null);

        assertThat(seen).containsExactly("e", "d", "c", "b", "a");
    }

    @ParameterizedTest
    @EnumSource(
            value = ListOrder.class,
            names = {"WAIT", "TALK"})
    void shouldPageInAnyOrder(ListOrder order) {
        for (int number = 0; number < 9; number++) {
            // Three of each.
            long length = number / 3;
            ObjectNode call = call("1", "c" + number, 9 - number).put("talkMs", length);
            put(call.put("endTime", "2026-03-02T09:00:1" + (length * 3 + 9 - number) + ".000Z"));
        }
        List<String> seen = new ArrayList<>();
        CallStore.Place place = null;
        do {
            CallStore.Page<String> page = store.search(ALL, ListFilter.ALL, order, 2, place, CallStoreTest::text);
            page.rows().forEach(row -> seen.add(row.replaceAll(".*\"callId\":\"(..)\".*", "$1")));
            place = page.next();
        } while (place != null);

        assertThat(seen).containsExactly("c6", "c7", "c8", "c3", "c4", "c5", "c0", "c1", "c2");
    }

    @Test
    void shouldFindPartsOfNumbersAndNames() {
        ObjectNode call = call("1", "a", 0);
        call.putArray("numbers")
                .addObject()
                .put("phoneNumber", "+1 (555) 010-0002")
                .put("name", "Ann Lee")
                .put("firstSeen", "2026-03-02T09:00:00.000Z")
                .put("introducedBy", "start");
        put(call);
        put(call("1", "b", 1));

        assertThat(ids(ALL, filter(null, "555-0100", null))).containsExactly("a");
        assertThat(ids(ALL, filter(null, "ann L", null))).containsExactly("a");
        assertThat(ids(ALL, filter(null, "zoe", null))).isEmpty();
        assertThat(ids(ALL, filter(null, "%", null))).isEmpty();
    }

    @Test
    void shouldFindWhomTheDirectoryNamesSoNow() {
        ObjectNode call = call("1", "a", 0);
        party(call).put("extensionId", "1045");
        put(call);

        assertThat(ids(ALL, filter(null, "zoe", null))).isEmpty();
        assertThat(ids(ALL, filter(null, "zoe", null).naming(List.of("7", "1045"))))
                .containsExactly("a");
        assertThat(ids(OF_2, filter(null, "zoe", null).naming(List.of("1045")))).isEmpty();
    }

    @Test
    void shouldAnswerTheSameOnceItIsFilled() {
        put(call("1", "a", 1));
        put(call("1", "b", 2));

        store.filled();
        store.filled();

        assertThat(ids(ALL, ListFilter.ALL)).containsExactly("b", "a");
    }

    @Test
    void shouldFindWholeIdsOfExtensions() {
        ObjectNode call = call("1", "a", 0);
        party(call).put("extensionId", "1045");
        put(call);

        assertThat(ids(ALL, filter(null, null, "1045"))).containsExactly("a");
        assertThat(ids(ALL, filter(null, null, "104"))).isEmpty();
    }

    @Test
    void shouldForgetWhatHasNotChangedForLongAndTheOldestOfTooMany() {
        for (int i = 1; i <= 5; i++) {
            put(call("1", "c" + i, i), i);
        }

        boolean more = store.write(batch -> batch.expire(2, 0, 2));

        assertThat(more).isFalse();
        assertThat(ids(ALL, ListFilter.ALL)).containsExactly("c5", "c4");
    }

    @Test
    void shouldNeedNoRoomForWhatWasRemoved() {
        int calls = 200;
        long empty = store.usedBytes();
        for (int i = 0; i < calls; i++) {
            ObjectNode call = call("1", "c" + i, 0);
            for (int queue = 0; queue < 20; queue++) {
                call.withArray("queues")
                        .addObject()
                        .put("queueExtensionId", "queue-" + queue)
                        .put("enterTime", "2026-03-02T09:00:00.000Z")
                        .put("leaveTime", "2026-03-02T09:00:09.000Z")
                        .put("outcome", "overflow");
            }
            put(call);
        }

        for (int i = 0; i < calls; i++) {
            String id = "c" + i;
            boolean gone = store.write(batch -> batch.remove("1", id));
            assertThat(gone).isTrue();
        }

        assertThat(store.usedBytes()).isEqualTo(empty);
    }

    @Test
    void shouldKeepWindowsOfAccountsAndQueuesForLonger() {
        for (String scope : List.of("account", "queue", "extension")) {
            for (long until : List.of(10L, 60L, 200L)) {
                Boolean unused = store.write(batch -> {
                    batch.putWindow(new StoredWindow(
                            scope + until, "1", scope, "x", "PT1H", until - 1, until, 1, new byte[] {1}));
                    return true;
                });
            }
        }

        Boolean unused = store.write(batch -> batch.expire(100, 50, 9));

        assertThat(windows("account")).isEqualTo(2);
        assertThat(windows("queue")).isEqualTo(2);
        assertThat(windows("extension")).isEqualTo(1);
    }

    @Test
    void shouldHaveNoFiguresOfVeryLongIds() {
        for (String id : List.of("7".repeat(100), "7".repeat(101))) {
            Boolean unused = store.write(batch -> {
                batch.putWindow(new StoredWindow(id, "1", "queue", id, "PT1H", 1, 2, 1, new byte[] {1}));
                return true;
            });
            ObjectNode call = call("1", id, 0);
            visit(call, id, 1);
            put(call);
        }

        assertThat(windows("queue")).isEqualTo(1);
        assertThat(store.waits(ALL, ListFilter.ALL).inQueue().get("1")).containsOnlyKeys("7".repeat(100));
    }

    @Test
    void shouldReadTheWindowsWithMostCallsOfEachAccount() {
        for (String account : List.of("1", "2")) {
            for (int i = 0; i < (account.equals("1") ? 20 : 3); i++) {
                String id = "e" + i;
                StoredWindow window =
                        new StoredWindow(account + id, account, "extension", id, "P1D", 0, 1, i, """
                        {"accountId":"%s","scopeId":"%s","windowStart":"%s","windowEnd":"%<s"}""".formatted(
                                        account, id, Instant.EPOCH)
                                .getBytes(StandardCharsets.UTF_8));
                Boolean unused = store.write(batch -> {
                    batch.putWindow(window);
                    return true;
                });
            }
        }

        assertThat(most(4, 99)).containsExactly("1 e19", "2 e2", "1 e18", "2 e1", "1 e17", "2 e0", "1 e16", "cut");
        assertThat(most(20, 5)).containsExactly("1 e19", "2 e2", "1 e18", "2 e1", "1 e17", "cut");
        assertThat(most(20, 23)).hasSize(23).doesNotContain("cut");
        unwanted = "e19";
        assertThat(most(19, 22)).hasSize(22).doesNotContain("cut", "1 e19");
    }

    private static void visit(ObjectNode call, String queue, long waitMs) {
        call.withArray("queues")
                .addObject()
                .put("queueExtensionId", queue)
                .put("enterTime", Instant.EPOCH.toString())
                .put("leaveTime", Instant.ofEpochMilli(waitMs).toString())
                .put("outcome", "abandoned");
    }

    /** As many others as there may be, then one more, and that which was there first again. */
    @Test
    void shouldKeepNoFurtherQueuesOfAnAccountWithVeryMany() {
        Boolean unused = store.write(batch -> {
            for (int i = 0; i <= StoreBatch.MOST_QUEUES; i++) {
                batch.putWindow(queue("1", "q" + i, 1));
            }
            batch.putWindow(queue("1", "q0", 2));
            batch.putWindow(queue("2", "q", 1));
            return true;
        });

        assertThat(queues("1", "q0"))
                .singleElement()
                .satisfies(value -> assertThat(value).hasSize(2));
        assertThat(queues("1", "q" + (StoreBatch.MOST_QUEUES - 1))).hasSize(1);
        assertThat(queues("1", "q" + StoreBatch.MOST_QUEUES)).isEmpty();
        assertThat(queues("2", "q")).hasSize(1);

        unused = store.write(batch -> {
            batch.removeWindow("1/q0");
            batch.putWindow(queue("1", "q", 1));
            return true;
        });

        assertThat(queues("1", "q")).hasSize(1);
    }

    private static StoredWindow queue(String account, String id, int bytes) {
        return new StoredWindow(account + "/" + id, account, "queue", id, "P1D", 0, 1, 1, new byte[bytes]);
    }

    private List<byte[]> queues(String account, String id) {
        return store.windows()
                .page(ALL, new WindowQueries.Asked(account, "P1D", "queue", id, null, null), 9, null)
                .values();
    }

    private List<String> most(int ofAccount, int ofAll) {
        List<String> read = new ArrayList<>();
        boolean cut = store.windows()
                .most(
                        ALL,
                        new WindowQueries.Asked(null, "P1D", "extension", null, null, null),
                        new WindowQueries.Most(ofAccount, ofAll),
                        row -> !row.scopeId().equals(unwanted),
                        window -> read.add(window.accountId() + " " + window.scopeId()));
        if (cut) {
            read.add("cut");
        }
        return read;
    }

    @Test
    void shouldKnowTheLongestWaitsOfAnAccountWithVeryManyQueues() {
        for (int i = 0; i < 100; i++) {
            ObjectNode call = call("1", "call-" + i, 0);
            for (int j = 0; j < 50; j++) {
                int queue = (i * 50 + j) * 7 % 5_000;
                visit(call, "q" + queue, queue);
            }
            put(call);
        }
        ObjectNode few = call("2", "few", 0);
        visit(few, "q", 1);
        put(few);

        Map<String, Map<String, DayWaits.Wait>> waits =
                store.waits(ALL, ListFilter.ALL).inQueue();

        assertThat(waits.get("1"))
                .hasSize(DayWaits.MOST_OF_ACCOUNT)
                .containsKeys("q4999", "q3000")
                .doesNotContainKey("q2999");
        assertThat(waits.get("1")).as("as many as a wallboard shows").hasSize(2_000);
        assertThat(waits.get("2")).containsOnlyKeys("q");
    }

    @Test
    void shouldForgetCallersWithLongIdsBeforeTheyFillTheMemory() {
        String id = "x".repeat((int) MissedCallers.MOST_WEIGHT / 40);
        for (int i = 0; i < 30; i++) {
            ObjectNode call = call("1", id + i, 0);
            call.putObject("from").put("phoneNumber", "+1555%07d".formatted(i));
            put(call.put("startTime", Instant.EPOCH.plusSeconds(i).toString()));
        }

        MissedCallers found = store.missed(ALL, ListFilter.ALL);

        assertThat(found.callers()).hasSizeBetween(15, 20);
        assertThat(found.callers().get(0).callId()).endsWith("29");
        assertThat(found.all()).isEqualTo(30);
    }

    private int windows(String scope) {
        return store.windows()
                .page(ALL, new WindowQueries.Asked("1", "PT1H", scope, null, null, null), 99, null)
                .values()
                .size();
    }

    @Test
    void shouldBeginEmpty() {
        put(call("1", "a", 0));
        store.close();

        store = new CallStore(folder);

        assertThat(store.size(ALL)).isZero();
    }

    @Test
    void shouldTellWhenACallAndTheOneThatItBecamePartOfWereOnTheTopics() {
        put(call("1", "a", 0), 70);
        put(call("1", "a", 0).put("revision", 2).put("status", "superseded").put("supersededBy", "b"), 90);
        ObjectNode whole = call("1", "b", 0);
        whole.putArray("sessions")
                .addObject()
                .put("telephonySessionId", "b-2")
                .put("startTime", "2026-03-02T09:00:00.000Z")
                .put("endTime", "2026-03-02T09:01:10.000Z");
        put(whole, 91);
        put(call("2", "c", 0), 1_000);
        Map.of("a", 10L, "b", 20L, "b-2", 60L, "other", 99L).forEach((session, received) -> {
            Boolean unused = store.write(batch -> {
                batch.putNotification(new NotificationPlace("1", session, 0, received, received));
                return true;
            });
        });

        assertThat(store.times("a"))
                .isEqualTo(new TimesOfCall(new TimesOfCall.Span(10, 60), new TimesOfCall.Span(70, 91)));
        assertThat(store.times("c")).isEqualTo(new TimesOfCall(null, new TimesOfCall.Span(1_000, 1_000)));
        assertThat(store.times("other")).isEqualTo(new TimesOfCall(new TimesOfCall.Span(99, 99), null));
        assertThat(store.times("unknown")).isEqualTo(new TimesOfCall(null, null));
    }

    /** Both accounts of a call know the id of its session. */
    @Test
    void shouldNotTakeTheNotificationsOfAnotherAccount() {
        Boolean unused = store.write(batch -> {
            for (int i = 0; i < 20; i++) {
                batch.putNotification(new NotificationPlace("2", "s-1", 0, i, i));
            }
            batch.putNotification(new NotificationPlace("1", "s-1", 0, 20, 20));
            return true;
        });

        assertThat(store.notifications("1", List.of("s-1"), 3))
                .containsExactly(new NotificationPlace("1", "s-1", 0, 20, 20));
    }

    @Test
    void shouldFindCallsWithARecordingOrVoicemail() {
        for (String kind : List.of("recording", "voicemail")) {
            ObjectNode call = call("1", "c-" + kind, 1);
            call.putArray("artifacts")
                    .addObject()
                    .put("kind", kind)
                    .put("id", "9")
                    .put("telephonySessionId", "s-1");
            put(call);
        }

        ListFilter filter = new ListFilter(
                null, null, null, null, null, null, null, List.of(), null, null, null, "voicemail", List.of(), null);

        assertThat(ids(ALL, filter)).containsExactly("c-voicemail");
    }

    private List<String> ids(AccountScope scope, ListFilter filter) {
        return store.search(scope, filter, ListOrder.START, 100, null, CallStoreTest::text).rows().stream()
                .map(row -> row.replaceAll(".*\"callId\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void shouldKnowAgentsOnlyAsLongAsTheirCalls() {
        put(rang("call-1", "101", "9"), 100);
        put(rang("call-2", "101", "8"), 200);
        put(rang("call-3", "102", "9"), 300);
        assertThat(store.agents().of("1", "101").queues()).containsExactly("8", "9");

        expire(150, Long.MAX_VALUE);
        assertThat(store.agents().of("1", "101").queues()).containsExactly("8");

        expire(150, 1);
        assertThat(store.agents().of("1", "101")).isEqualTo(new KnownAgents.Known(Set.of(), null));
        assertThat(store.agents().of("1", "102").lastEnd()).isNotNull();

        expire(Long.MAX_VALUE, 1);
        assertThat(store.agents().of("1", "102").lastEnd()).isNull();
    }

    private void expire(long before, long mostCalls) {
        Boolean unused = store.write(batch -> batch.expire(before, before, mostCalls));
    }

    private static ObjectNode rang(String id, String extension, String queue) {
        ObjectNode call = call("1", id, 0);
        party(call).put("extensionId", extension).put("queueExtensionId", queue);
        return call;
    }

    private static ListFilter filter(@Nullable String account, @Nullable String text, @Nullable String extension) {
        return new ListFilter(
                account, null, null, text, extension, null, null, List.of(), null, null, null, null, List.of(), null);
    }

    private static String text(byte[] record) {
        return new String(record, StandardCharsets.UTF_8);
    }

    private void put(ObjectNode call) {
        put(call, 0);
    }

    private void put(ObjectNode call, long emittedAt) {
        byte[] value = call.toString().getBytes(StandardCharsets.UTF_8);
        Boolean unused = store.write(batch -> batch.put(StoredCall.of(RecordedCall.of(call), value, emittedAt)));
    }

    private static ObjectNode party(ObjectNode call) {
        return call.putArray("parties")
                .addObject()
                .put("telephonySessionId", "s-1")
                .put("partyId", "p-1")
                .put("role", "participant")
                .put("startTime", "2026-03-02T09:00:00.000Z");
    }

    private static ObjectNode call(String account, String id, int second) {
        return new ObjectMapper()
                .createObjectNode()
                .put("accountId", account)
                .put("callId", id)
                .put("epoch", 0)
                .put("revision", 1)
                .put("status", "complete")
                .put("direction", "Inbound")
                .put("type", "Voice")
                .put("action", "Phone Call")
                .put("result", "Missed")
                .put("startTime", "2026-03-02T09:00:0" + second + ".000Z")
                .put("endTime", "2026-03-02T09:01:10.000Z");
    }
}
