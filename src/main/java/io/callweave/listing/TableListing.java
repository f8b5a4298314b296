package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.directory.DirectoryLookup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records as rows for people; written when all of them are known, since the columns are as wide as their cells. */
final class TableListing implements CallListing {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final DirectoryLookup directory;
    private final boolean revisions;
    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    TableListing(OutputStream out, DirectoryLookup directory, boolean revisions, int width) {
        this.out = out;
        this.directory = directory;
        this.revisions = revisions;
        this.width = width;
        rows.add(row("started (UTC)", "", "from \u2192 to", "what happened", "wait", "lasted", "record", "revision"));
    }

    @Override
    public void add(byte[] call) throws IOException {
        JsonNode tree = JSON.readTree(call);
        CallWords words = new CallWords(tree, directory);
        rows.add(row(
                TIME.format(Instant.parse(tree.path("startTime").asText())),
                words.direction(),
                words.fromTo(),
                words.outcome(),
                words.waited(),
                words.lasted(),
                tree.path("status").asText(),
                tree.path("revision").asText()));
    }

    /** The revision comes last, and only where there are several. */
    private List<String> row(String... cells) {
        return List.of(cells).subList(0, revisions ? cells.length : cells.length - 1);
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (rows.size() > 1) {
                for (String line : Columns.lines(rows, width)) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        }
    }
}
