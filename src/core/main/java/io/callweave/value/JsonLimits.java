package io.callweave.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The limits of JSON, the same for a notification and for all values that are made of it: what is accepted, every reader can
 * read. They are Jackson's own, so programs of others can read the topics with its defaults. How many bytes a notification
 * may have is a setting.
 */
public final class JsonLimits {

    /** Deep enough for real input, and shallow enough to be read and written by recursion on any thread's stack. */
    public static final int LEVELS = 1_000;

    /** Of a number, without its sign, point and E. */
    public static final int DIGITS = 1_000;

    /** Of a name, in bytes; Jackson looks only now and then how long one in other letters than those of ASCII is. */
    public static final int NAME = 50_000;

    private static final StreamReadConstraints READ = StreamReadConstraints.builder()
            .maxNestingDepth(LEVELS)
            .maxNumberLength(DIGITS)
            .maxNameLength(NAME)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory FACTORY = factory().build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private JsonLimits() {}

    /** Begins a factory with these limits. */
    public static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder().streamReadConstraints(READ);
    }

    /**
     * A text from outside as it is read: U+FFFD stands for U+0000, which neither text nor jsonb of PostgreSQL can hold. One
     * such text in a topic would stop the sink that reads it.
     */
    public static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** Parsers of values of the topics, and generators of such values. */
    public static JsonFactory values() {
        return FACTORY;
    }

    /**
     * A value of a topic as a tree, for what shows or compares fields without knowing them.
     *
     * @throws IOException if it is no JSON
     */
    public static JsonNode tree(byte[] value) throws IOException {
        return MAPPER.readTree(value);
    }
}
