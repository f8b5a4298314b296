package io.callweave.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.OtherPrograms;
import io.callweave.directory.DirectoryLookup;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet opens the CSV of calls, with the separators of two countries. */
@Tag("programs")
class SpreadsheetIT {

    private static final List<String> NAMES = List.of(
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(1)",
            "\\t=1+1",
            "\\r=1+1",
            "\\u0000=1+1",
            "\\uFEFF=1+1",
            "\\u200B=1+1",
            "Ann;=1+1",
            "Ann; =1+1",
            "Ann;\\\"=1+1",
            "Ann\\\";=1+1;\\\"",
            "Ann,=1+1",
            "Ann\\n=1+1");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {",", ";"})
    void shouldFindNoFormulaInTheNamesOfCallers(String separator) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String call = Files.readString(Path.of("docs/examples/call.json"));
        try (CallListing listing = CallFormat.CSV.to(out, DirectoryLookup.EMPTY, false, 100)) {
            for (String name : NAMES) {
                listing.add(call.replace("Caller 1", name).getBytes(UTF_8));
            }
        }

        assertThat(opened(out.toString(UTF_8), separator)).contains("Ann").doesNotContain("table:formula");
        assertThat(opened("a,b\nx;=1+1,=1+1\n", separator)).contains("table:formula");
    }

    /** The sheet as the program keeps it. */
    private String opened(String csv, String separator) throws Exception {
        Path file = Files.writeString(folder.resolve("calls.csv"), csv);
        List<String> command = List.of(
                "soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--infilter=CSV:" + (int) separator.charAt(0) + ",34,76,1",
                "--convert-to",
                "fods",
                "--outdir",
                folder.toString(),
                file.toString());
        if (!OtherPrograms.succeeds(command)) {
            throw OtherPrograms.missing("Test of CSV in a spreadsheet", "there is no soffice.");
        }
        return Files.readString(folder.resolve("calls.fods"));
    }
}
