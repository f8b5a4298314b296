package io.callweave.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.report.Cell;
import io.callweave.report.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFilesTest {

    /** A caller can be shown with any text as the number. */
    @ParameterizedTest
    @CsvSource({
        "+15550100001, true, +15550100001",
        "+15550100001, false, +*********01",
        "*67, true, *67",
        "+1+1, true, \"'+1+1\"",
        "+1*2, true, \"'+1*2\"",
        "+12+34567, false, \"'+**+***67\""
    })
    void shouldTakeOnlyNumbersForNumbers(String number, boolean shown, String cell) throws IOException {
        assertThat(written(new Cell.Phone(number), shown)).isEqualTo("number\r\n" + cell + "\r\n");
    }

    @Test
    void shouldKeepSpreadsheetsFromTakingTextsForFormulas() throws IOException {
        assertThat(written(new Cell.Text("=1+1"), true)).isEqualTo("number\r\n\"'=1+1\"\r\n");
    }

    private static String written(Cell cell, boolean numbersShown) throws IOException {
        Table table = new Table(
                "callers", "", "", List.of(new Table.Column("number", "", "", false)), List.of(List.of(cell)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvFiles(ZoneOffset.UTC, numbersShown).write(table, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
