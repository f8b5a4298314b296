package io.callweave.bench.competitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkTableTest {

    @Test
    void shouldSayForEachSubjectWhatItDoes() {
        assertThat(cells("joins sessions into one call", Competitor.values()))
                .containsExactly("yes", "yes", "no", "no", "no", "no", "no");
        assertThat(cells("live calls", Competitor.values())).containsExactly("yes", "no", "no", "no", "no", "no", "no");
        assertThat(cells("keeps a session after its end", Competitor.values()))
                .containsExactly(
                        "24 h by default",
                        "24 h by default",
                        "permanently",
                        "10 min",
                        "24 h",
                        "permanently",
                        "permanently");
        assertThat(cells("party events", Competitor.values()))
                .containsExactly("topic", "topic", "topic", "topic", "topic", "no", "table");
    }

    @Test
    void shouldHaveAColumnForThoseThatRan() {
        assertThat(cells("", Competitor.POSTGRESQL_CALLS, Competitor.FLINK_HEAP))
                .containsExactly("flink-heap", "postgresql-calls");
        assertThat(cells("", Competitor.CALLWEAVE_ACCOUNT, Competitor.DSL)).containsExactly("callweave-account", "dsl");
        assertThat(cells("", Competitor.CALLWEAVE_ACCOUNT, Competitor.CALLWEAVE))
                .containsExactly("callweave");
    }

    private static List<String> cells(String work, Competitor... subjects) {
        StringWriter out = new StringWriter();
        WorkTable.print(List.of(subjects), new PrintWriter(out));
        String line = out.toString()
                .lines()
                .filter(each -> each.substring(0, 30).strip().equals(work))
                .findFirst()
                .orElseThrow();
        return Stream.of(line.substring(30).split("  +"))
                .map(String::strip)
                .filter(cell -> !cell.isEmpty())
                .toList();
    }
}
