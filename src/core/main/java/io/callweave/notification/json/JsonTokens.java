package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The tokens of a notification, one after the other, and where they are in its bytes. */
public interface JsonTokens extends AutoCloseable {

    /** The next token; null behind the last one. Inside an object, {@link #nextName} comes first. */
    @Nullable
    JsonToken next() throws IOException;

    /** The name of the next member; null at the end of the object. */
    @Nullable
    String nextName() throws IOException;

    JsonToken current();

    /** A text, without quotes and escapes, or a number as it is written. */
    String text() throws IOException;

    /** Goes on to the end of an object or array that begins here; else does nothing. */
    void skipChildren() throws IOException;

    /** The offset of the current token's first byte in the notification. */
    int begin();

    /** The offset behind the current token's last byte. */
    int end();

    @Override
    void close() throws IOException;
}
