package io.callweave.directory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryCsvTest {

    private static final String HEADINGS = "account,extension,name,type,site,department,timeZone\n";
    private static final DirectoryEntry ANNA =
            new DirectoryEntry("1", "104", "Anna Öz", "user", "Berlin", "Sales", "Europe/Berlin");

    @Test
    void shouldReadEveryColumn() {
        DirectoryCsv csv = read(HEADINGS + "1,104,Anna Öz,user,Berlin,Sales,Europe/Berlin\n");

        assertThat(csv.entries()).containsExactly(ANNA);
        assertThat(csv.faults()).isEmpty();
        assertThat(csv.unused()).isEmpty();
    }

    @Test
    void shouldTakeColumnsInAnyOrderAndSpellingAndPassOverOthers() {
        DirectoryCsv csv = read("""
                Time Zone,Department,e-mail,Extension_ID,NAME,accountId,site
                Europe/Berlin,Sales,a@example.com,104,Anna Öz,1,Berlin
                """);

        assertThat(csv.entries()).containsExactly(ANNA);
        assertThat(csv.unused()).containsExactly("e-mail");
    }

    @Test
    void shouldTakeWhatSpreadsheetsWrite() {
        String saved = """
                "account","extension","name","type"
                1,7,"The ""best"", queue",QUEUE

                1, 8 , Menu ,IVR""";

        DirectoryCsv csv = read("\uFEFF" + saved.replace("\n", "\r\n"));

        assertThat(csv.entries())
                .containsExactly(
                        new DirectoryEntry("1", "7", "The \"best\", queue", "queue", null, null, null),
                        new DirectoryEntry("1", "8", "Menu", "ivr", null, null, null));
    }

    @Test
    void shouldTakeAnotherSeparator() throws IOException {
        assertThat(DirectoryCsv.read(new StringReader("account;extension;name\n1;104;a,b\n"), ';', null)
                        .entries())
                .extracting(DirectoryEntry::name)
                .containsExactly("a,b");
    }

    @Test
    void shouldTakeTheGivenAccountWhereALineNamesNone() throws IOException {
        assertThat(DirectoryCsv.read(new StringReader("extension\n104\n"), ',', "5")
                        .entries())
                .extracting(DirectoryEntry::key)
                .containsExactly("5/104");
        assertThat(DirectoryCsv.read(new StringReader("extension,account\n104,\n105,6\n"), ',', "5")
                        .entries())
                .extracting(DirectoryEntry::key)
                .containsExactly("5/104", "6/105");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,1/4,A,user,,,              | Line 3, column extension: it is \"1/4\"; it must be 1 to 100 characters without slashes and spaces.",
                "1 2,104,A,user,,,            | Line 3, column account: it is \"1 2\"; it must be 1 to 100 characters without slashes and spaces.",
                ",104,A,user,,,               | Line 3, column account: it is empty.",
                "1,,A,user,,,                 | Line 3, column extension: it is empty.",
                "1,104,A,boss,,,              | Line 3, column type: it is \"boss\"; it must be one of user, queue, ivr, or empty for a user.",
                "1,104,A,user,,,Berlin        | Line 3, column timeZone: it is \"Berlin\"; it must be the name of a time zone, such as Europe/Berlin.",
                "1,104,A,user,,               | Line 3 has 6 fields, and line 1 names 7 columns.",
                "1,104,A,user,,,,             | Line 3 has 8 fields, and line 1 names 7 columns.",
                "1,103,A,user,,,              | Line 3, column extension: it is \"103\", which is in line 2 already."
            })
    void shouldSayWhichLineAndColumnIsWrong(String line, String sentence) {
        DirectoryCsv csv = read(HEADINGS + "1,103,Ben,,,,\n" + line.strip() + "\n1,109,Cleo,,,,\n");

        assertThat(csv.faults()).containsExactly(sentence);
        assertThat(csv.entries()).extracting(DirectoryEntry::extensionId).containsExactly("103", "109");
    }

    @Test
    void shouldNumberLinesAsAnEditorDoes() {
        DirectoryCsv csv = read("account,extension,note\n1,103,\"two\nlines\"\n\n1,/,\n");

        assertThat(csv.faults())
                .containsExactly("Line 5, column extension: it is \"/\"; it must be 1 to 100 characters without slashes"
                        + " and spaces.");
    }

    @Test
    void shouldRefuseLongNamesAndLineBreaksInThem() {
        assertThat(read("account,extension,name\n1,104," + "x".repeat(1_001) + "\n")
                        .faults())
                .containsExactly("Line 2, column name: it has 1001 characters; at most 1000 are taken.");
        assertThat(read("account,extension,name\n1,104,\"a\nb\"\n").faults())
                .containsExactly("Line 2, column name: it has a control character in it, such as a line break.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                      | It is empty; the first line must name the columns: account, extension, name, type, site, department, timeZone.",
                "account,name            | Line 1 names no column extension; there can be account, extension, name, type, site, department, timeZone, with ',' between them.",
                "extension               | Line 1 names no column account, and no --account is given; there can be account, extension, name, type, site, department, timeZone, with ',' between them.",
                "account,extension,Account | Line 1 names the column account twice."
            })
    void shouldSayWhatIsWrongWithTheHeadings(String headings, String sentence) {
        assertThatThrownBy(() -> read(headings))
                .isInstanceOf(DirectoryException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldRefuseWhatIsNoCsv() {
        assertThatThrownBy(() -> read("account,extension\n1,\"104\n1,105\n"))
                .isInstanceOf(DirectoryException.class)
                .hasMessageMatching("It is no CSV: .* line 2\\)\\.");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        byte[] latin = "account,extension,name\n1,104,M\u00fcller\n".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> DirectoryCsv.read(
                        new InputStreamReader(new ByteArrayInputStream(latin), UTF_8.newDecoder()), ',', null))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("It is not UTF-8.");
    }

    /** What is written is what is read, whatever people are called. */
    @Property(tries = 200)
    void shouldReadWhatItWrites(@ForAll("entries") List<DirectoryEntry> entries) throws IOException {
        StringWriter out = new StringWriter();

        DirectoryCsv.write(entries, out);

        DirectoryCsv csv = read(out.toString());
        assertThat(csv.faults()).isEmpty();
        assertThat(csv.entries()).isEqualTo(entries);
    }

    @Provide
    Arbitrary<List<DirectoryEntry>> entries() {
        Arbitrary<@Nullable String> texts = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(12)
                .withChars("aäZ9 ,;\"'\u00e9\u4e2d|\\")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .injectNull(0.2);
        Arbitrary<String> ids = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(6);
        return Combinators.combine(
                        ids,
                        ids,
                        texts,
                        Arbitraries.of("user", "queue", "ivr"),
                        texts,
                        texts,
                        Arbitraries.of("Europe/Berlin", "UTC").injectNull(0.5))
                .as(DirectoryEntry::new)
                .list()
                .ofMaxSize(8)
                .uniqueElements(DirectoryEntry::key);
    }

    private static DirectoryCsv read(@Nullable String text) {
        try (Reader reader = new StringReader(Objects.requireNonNullElse(text, ""))) {
            return DirectoryCsv.read(reader, ',', null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
