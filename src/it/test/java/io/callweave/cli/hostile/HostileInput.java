package io.callweave.cli.hostile;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs that make steps long, or many. Each has the size at which it is measured. */
enum HostileInput {
    /** The parties of one session, one a notification; the call is over with each. */
    PARTIES(20_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> notification(account, "s-parties", 2 + i, party("p-" + i, "Disconnected")));
        }
    },
    /** Each session names the next one. */
    CHAIN(50_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> notification(
                            account, "s-chain" + i, 2, gone("p-" + i, "AttendedTransfer", "s-chain" + (i + 1))));
        }
    },
    /** All sessions name the same one. */
    HUB(50_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return Stream.concat(
                    Stream.of(notification(account, "s-hub", 2, party("p-hub", "Answered"))),
                    IntStream.range(0, size)
                            .mapToObj(i ->
                                    notification(account, "s-spoke" + i, 2, gone("p-" + i, "Conference", "s-hub"))));
        }
    },
    /** Calls that wait for the same, and so are due at nearly the same time. */
    DUE(10_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> notification(account, "s-due" + i, 2, party("p-" + i, "Disconnected")));
        }
    },
    /** One session that goes on and on. */
    ENDLESS(200_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return IntStream.range(0, size).mapToObj(i -> event(account, "s-endless", i));
        }
    },
    /** A hundred sessions that take turns, with as many events as are kept: more than lies in memory. */
    TURNS(200_000) {
        @Override
        Stream<String> lines(String account, int size) {
            return IntStream.range(0, size).mapToObj(i -> event(account, "s-turn" + i % 100, i / 100));
        }
    },
    /** A large call was emitted, and is emitted again with each further event. */
    EMITTED(1_900) {
        @Override
        Stream<String> lines(String account, int size) {
            return Stream.concat(
                    Stream.of(notification(account, "s-emitted", 2, parties("p-", 100, "Disconnected"))),
                    IntStream.range(0, size)
                            .mapToObj(i -> notification(
                                    account, "s-emitted", 3 + i, party("p-" + (100 + i) % 1_000, "Disconnected"))));
        }
    };

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    final int size;

    HostileInput(int size) {
        this.size = size;
    }

    /** The notifications, in order. */
    abstract Stream<String> lines(String account, int size);

    private static String event(String account, String session, int i) {
        return notification(account, session, 2 + i, party("p-" + i % 4, i % 8 < 4 ? "Answered" : "Hold"));
    }

    static String notification(String account, String session, int sequence, String parties) {
        return "{\"event\":\"/restapi/v1.0/account/" + account + "/telephony/sessions\",\"timestamp\":\"" + START
                + "\",\"body\":{\"telephonySessionId\":\"" + session + "\",\"sequence\":" + sequence
                + ",\"eventTime\":\"" + START + "\",\"parties\":[" + parties + "]}}";
    }

    static String parties(String prefix, int count, String status) {
        return IntStream.range(0, count)
                .mapToObj(i -> party(prefix + i, status))
                .collect(Collectors.joining(","));
    }

    private static String party(String id, String status) {
        return "{\"id\":\"" + id + "\",\"extensionId\":\"1\",\"status\":{\"code\":\"" + status + "\"}}";
    }

    /** It has left its call for that of another session. */
    private static String gone(String id, String reason, String peer) {
        return "{\"id\":\"" + id + "\",\"extensionId\":\"1\",\"status\":{\"code\":\"Gone\",\"reason\":\"" + reason
                + "\",\"peerId\":{\"telephonySessionId\":\"" + peer + "\"}}}";
    }
}
