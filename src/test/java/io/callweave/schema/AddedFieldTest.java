package io.callweave.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.record.CallRecordJson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A field is added to a copy of the sources: how many files that takes, and whether the field is everywhere then. */
class AddedFieldTest {

    private static final String ADDED = "whistleMs";
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path DESCRIPTION = Path.of("io", "callweave", "record", "PartyFields.java");
    private static final Path ROW = Path.of("io", "callweave", "record", "PartyRowJson.java");

    @TempDir
    private Path copy;

    @Test
    void shouldBeEverywhereAfterItsDescription() throws Exception {
        String before = ".millis(\"parkMs\"";
        edit(DESCRIPTION, before, ".millis(\"" + ADDED + "\", party -> 4711, says(\"Time it whistled.\"))\n" + before);

        Map<String, String> made = made(DESCRIPTION);

        assertThat(made.get("record")).contains("\"holdMs\":0,\"" + ADDED + "\":4711,\"parkMs\":0");
        assertThat(made.get("schema of calls")).contains("Time it whistled.");
        assertThat(made.get("AsyncAPI")).contains("Time it whistled.");
        assertThat(made.get("table of the party")).contains("`" + ADDED + "` | *ms* Time it whistled.\n");
        assertThat(made.get("row")).doesNotContain(ADDED);
    }

    @Test
    void shouldBeAColumnOfTheRowsAfterOneLineMore() throws Exception {
        String before = ".millis(\"parkMs\"";
        edit(DESCRIPTION, before, ".millis(\"" + ADDED + "\", party -> 4711, says(\"Time it whistled.\"))\n" + before);
        edit(ROW, "\"parkMs\",", "\"" + ADDED + "\", \"parkMs\",");

        Map<String, String> made = made(DESCRIPTION, ROW);

        assertThat(made.entrySet())
                .filteredOn(each -> !each.getKey().equals("table of the row"))
                .allSatisfy(
                        each -> assertThat(each.getValue()).as(each.getKey()).contains(ADDED));
        assertThat(made.get("row")).contains("\"" + ADDED + "\":4711");
        assertThat(made.get("row of a call that failed")).contains("\"" + ADDED + "\":4711");
        assertThat(made.get("columns of Connect"))
                .contains("{\"field\":\"" + ADDED + "\",\"type\":\"int64\",\"optional\":true}");
        assertThat(made.get("table of the row")).contains("`" + ADDED + "`, `parkMs`");
    }

    /** The name of each field of a party and its row stands in the files that describe them, and in no resource. */
    @Test
    void shouldBeNamedWhereItIsDescribedOnly() {
        assertThat(filesThatName("setupMs")).containsExactlyInAnyOrder("PartyFields.java", "PartyRowJson.java");
        assertThat(filesThatName("sipCallId")).containsExactly("PartyFields.java");
        assertThat(filesThatName("timeToAnswerMs")).containsExactly("CallRecordJson.java");
        assertThat(filesThatName("waitMs")).containsExactly("QueueFields.java");
        assertThat(filesThatName("previousStatusMs")).containsExactly("PartyEventJson.java");
        assertThat(filesThatName("answeredWithin")).containsExactly("WindowJson.java");
    }

    /** Of what writes and describes values; others read them, as RecordedCall does, or make up what is to come out. */
    private static List<String> filesThatName(String field) {
        return Stream.of(
                        "java/io/callweave/record",
                        "java/io/callweave/schema",
                        "java/io/callweave/topology",
                        "resources")
                .map(folder -> Path.of("src", "main").resolve(folder))
                .flatMap(AddedFieldTest::files)
                .filter(file -> !file.endsWith("RecordedCall.java"))
                .filter(file -> !file.toString().contains("console")) // its rows have fields of their own
                .filter(file -> text(file).contains("\"" + field + "\""))
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private void edit(Path file, String before, String after) throws IOException {
        String text = text(SOURCES.resolve(file));
        assertThat(text).containsOnlyOnce(before);
        Files.createDirectories(copy.resolve(file).getParent());
        Files.writeString(copy.resolve(file), text.replace(before, after), UTF_8);
    }

    /** What comes out once these files, and nothing else, are compiled anew. */
    private Map<String, String> made(Path... edited) throws Exception {
        Path classes = Files.createDirectories(copy.resolve("classes"));
        String libraries = Stream.of(CallRecordJson.class, Nullable.class)
                .map(AddedFieldTest::home)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        Stream<String> options = Stream.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", libraries);
        Stream<String> files = Stream.of(edited).map(file -> copy.resolve(file).toString());
        assertThat(compiler.run(null, null, null, Stream.concat(options, files).toArray(String[]::new)))
                .isZero();
        try (EditedClasses loader =
                new EditedClasses(List.of(classes, home(CallRecordJson.class), home(AddedFieldTest.class)))) {
            Object probe = loader.loadClass(AddedFieldProbe.class.getName())
                    .getConstructor()
                    .newInstance();
            @SuppressWarnings("unchecked") // the same interface, but of another class loader's class
            Supplier<Map<String, String>> supplier = (Supplier<Map<String, String>>) probe;
            return supplier.get();
        }
    }

    /** Has classes of its own, and the libraries of the others. */
    private static final class EditedClasses extends URLClassLoader {

        EditedClasses(List<Path> places) {
            super(places.stream().map(AddedFieldTest::url).toArray(URL[]::new), AddedFieldTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.callweave.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        public URL getResource(String name) {
            return Objects.requireNonNullElseGet(findResource(name), () -> super.getResource(name));
        }
    }

    private static Path home(Class<?> type) {
        return Path.of(url(type).getPath());
    }

    private static URL url(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
