package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of any JSON, and what is wrong with other texts. */
public final class JacksonTokens implements JsonTokens {

    private final JsonParser parser;
    private final int start;

    public JacksonTokens(byte[] notification) throws IOException {
        parser = NotificationJson.parser(notification);
        start = NotificationJson.start(notification);
    }

    @Override
    public @Nullable JsonToken next() throws IOException {
        return parser.nextToken();
    }

    @Override
    public @Nullable String nextName() throws IOException {
        return parser.nextFieldName();
    }

    @Override
    public JsonToken current() {
        return parser.currentToken();
    }

    /** Only an escape can make U+0000, so {@link PlainTokens} have none. */
    @Override
    public String text() throws IOException {
        return JsonLimits.storable(parser.getText());
    }

    @Override
    public void skipChildren() throws IOException {
        parser.skipChildren();
    }

    @Override
    public int begin() {
        return start + (int) parser.currentTokenLocation().getByteOffset();
    }

    @Override
    public int end() {
        return start + (int) parser.currentLocation().getByteOffset();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
