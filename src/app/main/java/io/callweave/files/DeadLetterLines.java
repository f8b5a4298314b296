package io.callweave.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Dead letters in a file, one JSON object a line; bytes that are no text come as Base64. */
public final class DeadLetterLines implements Closeable {

    private final JsonGenerator out;

    public DeadLetterLines(OutputStream sink) throws IOException {
        out = new JsonFactory().createGenerator(sink);
        out.setRootValueSeparator(new SerializedString(""));
    }

    /**
     * Writes one dead letter.
     *
     * @param detail what exactly is wrong, null if nobody said
     * @param value the original bytes
     */
    public void write(String reason, @Nullable String source, @Nullable String detail, byte[] value)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("reason", reason);
        out.writeStringField("source", source);
        if (detail != null) {
            out.writeStringField("detail", detail);
        }
        String text = text(value);
        if (text != null) {
            out.writeStringField("value", text);
        } else {
            out.writeBinaryField("valueBase64", value);
        }
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
