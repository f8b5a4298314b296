package io.callweave.bench.traffic;

import io.callweave.value.Timestamps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one simulated phone call, to be sent again and again with other ids and times.
 *
 * @param messages in the order of their arrival
 * @param sessions the number of its telephony sessions
 * @param linkedSessions how many of these are joined with another one
 * @param calls the number of call records that it results in
 */
public record CallTemplate(List<Message> messages, int sessions, int linkedSessions, int calls) {

    private static final int HEX_DIGITS = 32;

    /**
     * One notification.
     *
     * @param session the place of its session in the call
     * @param after milliseconds from the arrival of the call's first notification to the arrival of this one
     */
    public record Message(int session, long after, List<Piece> pieces) {

        /** The notification of a call with these ids that began at this time. */
        byte[] render(long start, byte[] account, List<String> sessionIds) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
            for (Piece piece : pieces) {
                out.writeBytes(piece.render(start, account, sessionIds));
            }
            return out.toByteArray();
        }
    }

    /** A piece of a text: constant, or different for each call. */
    @FunctionalInterface
    public interface Piece {

        byte[] render(long start, byte[] account, List<String> sessionIds);
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** From the first arrival to the last, in milliseconds. */
    public long duration() {
        return messages.get(messages.size() - 1).after();
    }

    /**
     * Finds the parts of a text that differ from call to call.
     *
     * @param sessionIds without the prefix of their 32 hexadecimal digits, in the order of their places
     * @param start of the call, in milliseconds since the epoch
     */
    static List<Piece> pieces(String text, String account, List<String> sessionIds, long start) {
        Pattern varying = Pattern.compile("(?<account>" + account + ")|(?<id>[0-9a-f]{" + HEX_DIGITS
                + "})|(?<time>\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z)");
        List<Piece> pieces = new ArrayList<>();
        Matcher found = varying.matcher(text);
        int done = 0;
        while (found.find()) {
            Piece piece = piece(found, sessionIds, start);
            if (piece != null) {
                pieces.add(literal(text.substring(done, found.start())));
                pieces.add(piece);
                done = found.end();
            }
        }
        pieces.add(literal(text.substring(done)));
        return List.copyOf(pieces);
    }

    private static Piece literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (call, account, ids) -> bytes;
    }

    private static @Nullable Piece piece(Matcher found, List<String> sessionIds, long start) {
        if (found.group("account") != null) {
            return (call, account, ids) -> account;
        }
        if (found.group("time") != null) {
            long after = Timestamps.millis(found.group("time")) - start;
            return (call, account, ids) ->
                    TIME.format(Instant.ofEpochMilli(call + after)).getBytes(StandardCharsets.US_ASCII);
        }
        int session = sessionIds.indexOf(found.group("id"));
        return session < 0 ? null : (call, account, ids) -> ids.get(session).getBytes(StandardCharsets.US_ASCII);
    }
}
