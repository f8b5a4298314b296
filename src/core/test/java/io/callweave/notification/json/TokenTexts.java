package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two ways to read JSON see in a text: each token, with its place. */
final class TokenTexts {

    private TokenTexts() {}

    /** Null if it is not plain. */
    static @Nullable List<String> plain(byte[] json) {
        try {
            return all(new PlainTokens(json));
        } catch (IOException notPlain) {
            return null;
        }
    }

    /**
     * What Jackson sees.
     *
     * @throws IOException if it is not JSON
     */
    static List<String> jackson(byte[] json) throws IOException {
        return all(new JacksonTokens(json));
    }

    private static List<String> all(JsonTokens tokens) throws IOException {
        try (tokens) {
            List<String> all = new ArrayList<>();
            if (tokens.next() == null) {
                throw new IOException("empty");
            }
            value(tokens, all);
            if (tokens.next() != null) {
                throw new IOException("more than one value");
            }
            return all;
        }
    }

    private static void value(JsonTokens tokens, List<String> all) throws IOException {
        JsonToken token = tokens.current();
        int begin = tokens.begin();
        if (token == JsonToken.START_OBJECT) {
            for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
                all.add(name);
                tokens.next();
                value(tokens, all);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (tokens.next() != JsonToken.END_ARRAY) {
                value(tokens, all);
            }
        } else {
            all.add(token.isNumeric() || token == JsonToken.VALUE_STRING ? tokens.text() : token.toString());
        }
        all.add(token + " " + begin + " " + tokens.end());
    }
}
