package io.callweave.cli.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.value.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.event.Level;

/**
 * Makes a JSON object of each line of text, with the fields of the log's lines. What is a JSON object already passes as it is.
 * So all of stderr is JSON if CALLWEAVE_LOG_FORMAT is json.
 */
public final class JsonLines extends OutputStream {

    private static final String VARIABLE = "CALLWEAVE_LOG_FORMAT";
    private static final String PREFIX = "callweave: ";
    private static final JsonFactory JSON = new JsonFactory();
    private static volatile boolean installed;
    private static volatile PrintStream raw = System.err;

    private final OutputStream out;
    private final Level level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    JsonLines(OutputStream out, Level level) {
        this.out = out;
        this.level = level;
    }

    /** Before anything writes to stderr; does nothing if text is wanted. */
    public static void installIfWanted(Map<String, String> environment) {
        if (!installed && "json".equals(environment.get(VARIABLE))) {
            installed = true;
            raw = System.err;
            System.setErr(new PrintStream(new JsonLines(raw, Level.INFO), true, StandardCharsets.UTF_8));
        }
    }

    /** Whether stderr is JSON. */
    public static boolean areOn() {
        return installed;
    }

    /** For the sentence that a command fails with: a line of level ERROR if stderr is JSON, else the given writer. */
    public static PrintWriter errorsOr(Supplier<PrintWriter> text) {
        return installed ? new PrintWriter(new JsonLines(raw, Level.ERROR), true, StandardCharsets.UTF_8) : text.get();
    }

    @Override
    public synchronized void write(int octet) throws IOException {
        if (octet == '\n') {
            writeLine();
        } else {
            line.write(octet);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            writeLine();
        }
        out.flush();
    }

    private void writeLine() throws IOException {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            // People look at it, too, on a terminal.
            String object = Printable.inJson(text.startsWith("{") ? text : json(text));
            out.write((object + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String json(String text) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(object)) {
            json.writeStartObject();
            json.writeNumberField("timestamp", System.currentTimeMillis());
            json.writeStringField("level", level.name());
            json.writeStringField("threadName", Thread.currentThread().getName());
            json.writeStringField("loggerName", "callweave");
            json.writeStringField("formattedMessage", text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
            json.writeEndObject();
        }
        return object.toString(StandardCharsets.UTF_8);
    }
}
