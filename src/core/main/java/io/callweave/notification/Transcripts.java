package io.callweave.notification;

import com.fasterxml.jackson.core.JsonToken;
import io.callweave.notification.json.JacksonTokens;
import io.callweave.notification.json.JsonTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes what was said word for word out of a notification of AI insights. */
public final class Transcripts {

    private final byte[] notification;
    private final ByteArrayOutputStream out;
    private int copied;

    /** A member of an object: where its name begins and where its value ends. */
    private record Member(int from, int to) {}

    private Transcripts(byte[] notification) {
        this.notification = notification;
        this.out = new ByteArrayOutputStream(notification.length);
    }

    /**
     * The notification without the members {@code Transcript} and {@code HighLights} of its insights; all other bytes
     * stay as they are.
     *
     * @throws IOException if it is not JSON
     */
    public static byte[] removedFrom(byte[] notification) throws IOException {
        Transcripts work = new Transcripts(notification);
        try (JsonTokens tokens = new JacksonTokens(notification)) {
            tokens.next();
            work.value(tokens, "");
        }
        work.out.write(notification, work.copied, notification.length - work.copied);
        return work.out.toByteArray();
    }

    private static boolean isVerbatim(String member) {
        return member.equalsIgnoreCase("Transcript") || member.equalsIgnoreCase("HighLights");
    }

    /** Goes to the end of a value. As deep as {@code JsonLimits} allow. */
    private void value(JsonTokens tokens, String name) throws IOException {
        if (tokens.current() == JsonToken.START_ARRAY) {
            while (tokens.next() != JsonToken.END_ARRAY) {
                value(tokens, name);
            }
        } else if (tokens.current() == JsonToken.START_OBJECT) {
            object(tokens, name.equals("insights"));
        }
    }

    private void object(JsonTokens tokens, boolean insights) throws IOException {
        int begin = tokens.begin();
        List<Member> kept = new ArrayList<>();
        boolean some = false;
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            int from = tokens.begin();
            tokens.next();
            if (insights) {
                tokens.skipChildren();
                boolean verbatim = isVerbatim(name);
                some |= verbatim;
                if (!verbatim) {
                    kept.add(new Member(from, endOfValue(tokens)));
                }
            } else {
                value(tokens, name);
            }
        }
        if (some) {
            replace(begin, tokens.end(), kept);
        }
    }

    private void replace(int from, int to, List<Member> members) {
        out.write(notification, copied, from - copied);
        out.write('{');
        for (int i = 0; i < members.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Member member = members.get(i);
            out.write(notification, member.from(), member.to() - member.from());
        }
        out.write('}');
        copied = to;
    }

    /** A parser may not have read a text or number to its end. */
    private static int endOfValue(JsonTokens tokens) throws IOException {
        if (tokens.current().isScalarValue()) {
            tokens.text();
        }
        return tokens.end();
    }
}
