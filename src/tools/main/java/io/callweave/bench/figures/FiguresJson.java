package io.callweave.bench.figures;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures for programs: one object, with the machine and the day. */
public final class FiguresJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FiguresJson() {}

    /**
     * Writes the object, and a line end; the stream stays open.
     *
     * @param figures by name: numbers, arrays, maps and records
     */
    public static void write(Map<String, ?> figures, OutputStream out) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(figures);
        all.put("machine", Machine.here());
        all.put("day", LocalDate.now(ZoneOffset.UTC).toString());
        out.write(JSON.writer(new DefaultPrettyPrinter()).writeValueAsBytes(all));
        out.write('\n');
    }
}
