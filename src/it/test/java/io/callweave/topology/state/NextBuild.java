package io.callweave.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The product as a later version could be: state format 5 has more fields in sessions and party events, and other messages between
 * router and stage. It writes format 4 by default, as a version does that brings a new one.
 */
public final class NextBuild {

    private static final Path SOURCES = Path.of("src/main/java/io/callweave");

    /** What stands in a source, and what the next version has instead. */
    private record Change(String source, String before, String after) {}

    private static final List<Change> CHANGES = List.of(
            new Change("settings/value/StateFormat.java", "NEWEST = new StateFormat(4)", "NEWEST = new StateFormat(5)"),
            new Change(
                    "topology/session/SessionState.java",
                    "out.format(format)",
                    "(format.isAtLeast(5) ? out.format(format).string(\"more\") : out.format(format))"),
            new Change(
                    "topology/session/SessionState.java",
                    "in.format(\"A session\");",
                    "if (in.format(\"A session\").isAtLeast(5)) { in.string(); }"),
            new Change(
                    "topology/state/PartyEventCodec.java",
                    "out.u8((waiting != null",
                    "(out.format().isAtLeast(5) ? out.i64(7) : out).u8((waiting != null"),
            new Change(
                    "topology/state/PartyEventCodec.java",
                    "Texts texts) {\n        int flags = in.u8();\n        PartyEvent event",
                    "Texts texts) {\n        if (in.format().isAtLeast(5)) { in.i64(); }\n"
                            + "        int flags = in.u8();\n        PartyEvent event"),
            new Change("topology/message/RepartitionMessage.java", ".u8('N')", ".u8(format.isAtLeast(5) ? 'n' : 'N')"),
            new Change("topology/message/RepartitionMessage.java", "case 'N' ->", "case 'N', 'n' ->"),
            new Change("topology/message/RepartitionMessage.java", ".u8('M')", ".u8(format.isAtLeast(5) ? 'm' : 'M')"),
            new Change("topology/message/RepartitionMessage.java", "case 'M' ->", "case 'M', 'm' ->"));

    private NextBuild() {}

    /** Compiles it, and returns the class path that it runs with. */
    public static String compile(Path directory) throws IOException {
        Map<String, String> changed = new LinkedHashMap<>();
        for (Change change : CHANGES) {
            String source = changed.containsKey(change.source())
                    ? changed.get(change.source())
                    : Files.readString(SOURCES.resolve(change.source()));
            assertThat(source.split(Pattern.quote(change.before()), -1))
                    .as("in %s, this has to stand once: %s", change.source(), change.before())
                    .hasSize(2);
            changed.put(change.source(), source.replace(change.before(), change.after()));
        }
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> source : changed.entrySet()) {
            Path file = directory.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            sources.add(Files.writeString(file, source.getValue()));
        }
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString());
            assertThat(compiler.getTask(
                                    null, files, null, options, Set.of(), files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
        return classes + File.pathSeparator + System.getProperty("java.class.path");
    }
}
