package io.callweave.directory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

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
    void shouldAcceptColumnsInAnyOrderAndSpellingAndIgnoreOthers() {
        DirectoryCsv csv = read("""
                Time Zone,Department,e-mail,Extension_ID,NAME,accountId,site
                Europe/Berlin,Sales,a@example.com,104,Anna Öz,1,Berlin
                """);

        assertThat(csv.entries()).containsExactly(ANNA);
        assertThat(csv.unused()).containsExactly("e-mail");
    }

    @Test
    void shouldAcceptFilesOfSpreadsheets() {
        String saved = """
                "account","extension","name","type"
                1,7,"The ""best"", queue",QUEUE

                1, 8 , Menu ,IVR""";

        DirectoryCsv csv = read(DirectoryText.of(("\uFEFF" + saved.replace("\n", "\r\n")).getBytes(UTF_8)));

        assertThat(csv.entries())
                .containsExactly(
                        new DirectoryEntry("1", "7", "The \"best\", queue", "queue", null, null, null),
                        new DirectoryEntry("1", "8", "Menu", "ivr", null, null, null));
    }

    @Test
    void shouldAcceptAnotherSeparator() {
        assertThat(DirectoryCsv.read("account|extension|name\n1|104|a,b\n", '|', null)
                        .entries())
                .extracting(DirectoryEntry::name)
                .containsExactly("a,b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account,extension,name\n1,104,a;b",
                "account;extension;name\n1;104;a,b",
                "account\textension\tname\n1\t104\ta;b",
                // Headings can contain the other separators.
                "\"notes, old; new\";account;extension;name\nx;1;104;a",
                "a,b,c,d;account;extension;name\nx;1;104;a"
            })
    void shouldFindTheSeparatorInTheHeadings(String csv) {
        assertThat(read(csv).entries()).extracting(DirectoryEntry::key).containsExactly("1/104");
        assertThat(read(csv).entries()).extracting(DirectoryEntry::name).doesNotContainNull();
    }

    @Test
    void shouldUseTheGivenSeparator() {
        assertThatThrownBy(() -> DirectoryCsv.read("account,extension\n", '\t', null))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("line 1 names no column extension; there can be account, extension, name, type, site,"
                        + " department, timeZone, with tab between them");
    }

    /** A list of names says nothing about departments. */
    @Test
    void shouldKeepKnownValuesWithoutAColumn() {
        DirectoryEntry menu = new DirectoryEntry("1", "105", "Menu", "robot", "Berlin", null, "UTC");
        Map<String, DirectoryEntry> known = Map.of(ANNA.key(), ANNA, menu.key(), menu);

        assertThat(read("account,extension,name,site\n1,104,Anna B.,\n1,105,,Bonn\n1,106,New,\n")
                        .onto(known))
                .containsExactly(
                        new DirectoryEntry("1", "104", "Anna B.", "user", null, "Sales", "Europe/Berlin"),
                        new DirectoryEntry("1", "105", null, "robot", "Bonn", null, "UTC"),
                        new DirectoryEntry("1", "106", "New", "user", null, null, null));
        assertThat(read(HEADINGS + "1,105,,,,,\n").onto(known))
                .containsExactly(new DirectoryEntry("1", "105", null, "user", null, null, null));
    }

    @Test
    void shouldAcceptTimeZonesInAnyCase() {
        assertThat(read("account,extension,timeZone\n1,1,europe/BERLIN\n1,2,+02:00\n1,3,cet\n1,4,utc\n")
                        .entries())
                .extracting(DirectoryEntry::timeZone)
                .containsExactly("Europe/Berlin", "+02:00", "CET", "UTC");
    }

    @Test
    void shouldUseTheGivenAccountIfALineNamesNone() {
        assertThat(DirectoryCsv.read("extension\n104\n", null, "5").entries())
                .extracting(DirectoryEntry::key)
                .containsExactly("5/104");
        assertThat(DirectoryCsv.read("extension,account\n104,\n105,6\n", null, "5")
                        .entries())
                .extracting(DirectoryEntry::key)
                .containsExactly("5/104", "6/105");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,1/4,A,user,,,              | Line 3, column extension: it is \"1/4\"; it must be RingCentral's id, 1 to 100 digits and nothing else.",
                "1,6.2001E+10,A,user,,,       | Line 3, column extension: it is \"6.2001E+10\"; a spreadsheet took the id for a number; make the column text there, and enter the ids, digits only, again.",
                "1,\"6,2E10\",A,user,,,         | Line 3, column extension: it is \"6,2E10\"; a spreadsheet took the id for a number; make the column text there, and enter the ids, digits only, again.",
                "62001.0,104,A,user,,,        | Line 3, column account: it is \"62001.0\"; a spreadsheet took the id for a number; make the column text there, and enter the ids, digits only, again.",
                "1 2,104,A,user,,,            | Line 3, column account: it is \"1 2\"; it must be RingCentral's id, 1 to 100 digits and nothing else.",
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
                .containsExactly("Line 5, column extension: it is \"/\"; it must be RingCentral's id, 1 to 100 digits"
                        + " and nothing else.");
    }

    @Test
    void shouldRefuseLongNamesAndLineBreaksInThem() {
        assertThat(read("account,extension,name\n1,104," + "x".repeat(256) + "\n")
                        .faults())
                .containsExactly("Line 2, column name: it has 256 characters; at most 255 are taken.");
        assertThat(read("account,extension,name\n1,104,\"a\nb\"\n").faults())
                .containsExactly("Line 2, column name: it has a control character in it, such as a line break.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                      | it is empty; the first line must name the columns account, extension, name, type, site, department, timeZone",
                "account,name            | line 1 names no column extension; there can be account, extension, name, type, site, department, timeZone, with a comma, a semicolon or a tab between them",
                "extension               | line 1 names no column account, and no --account is given; there can be account, extension, name, type, site, department, timeZone, with a comma, a semicolon or a tab between them",
                "account,extension,Account | line 1 names the column account twice"
            })
    void shouldSayWhatIsWrongWithTheHeadings(String headings, String sentence) {
        assertThatThrownBy(() -> read(headings))
                .isInstanceOf(DirectoryException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldCountEmptyLinesBeforeTheHeadings() {
        assertThatThrownBy(() -> read("\n\naccount,extension,Account\n"))
                .hasMessage("line 3 names the column account twice");
        assertThat(read("\n\naccount,extension\n1\n").faults())
                .containsExactly("Line 4 has 1 field, and line 3 names 2 columns.");
    }

    @Test
    void shouldRejectTextThatIsNotCsv() {
        for (String wrong : List.of("1,\"104\n1,105\n", "1,\"10\"4\n1,105\n")) {
            assertThatThrownBy(() -> read("account,extension\n" + wrong))
                    .isInstanceOf(DirectoryException.class)
                    .hasMessage("line 2 is not CSV; a quote in it is not closed, or does not end its field");
        }
    }

    @Test
    void shouldRejectTextThatIsNotUtf8() {
        String csv = "account,extension,name\n1,104,\"A\nB\"\n1,105,M\u00fcller\n";

        assertNotUtf8(4, csv.getBytes(ISO_8859_1));
        assertNotUtf8(1, ("\uFEFF" + csv).getBytes(UTF_16LE));
        assertNotUtf8(1, ("\uFEFF" + csv).getBytes(UTF_16BE));
        assertNotUtf8(2, new byte[] {'a', '\n', (byte) 0xC3});
    }

    private static void assertNotUtf8(int line, byte[] file) {
        assertThatThrownBy(() -> DirectoryText.of(file))
                .isInstanceOf(DirectoryException.class)
                .hasMessage("line " + line + " is not UTF-8; save it as \"CSV UTF-8\"");
    }

    /** The reader reads what the writer writes, for any name. */
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
                .withChars("aäZ9 =+-@,;\"'\u00e9\u4e2d|\\")
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
        return DirectoryCsv.read(Objects.requireNonNullElse(text, ""), null, null);
    }
}
