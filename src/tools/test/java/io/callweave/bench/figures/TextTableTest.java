package io.callweave.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void shouldAlignNamesOnTheLeftAndFiguresOnTheRight() {
        TextTable table = new TextTable("subject", "rate");
        table.row("callweave", "7,500 (5,000 to 10,000)");
        table.row("dsl", "400");
        StringWriter out = new StringWriter();

        table.print(new PrintWriter(out));

        assertThat(out.toString().lines())
                .containsExactly(
                        "subject                       rate",
                        "callweave  7,500 (5,000 to 10,000)",
                        "dsl                            400");
    }
}
