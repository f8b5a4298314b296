package io.callweave.topology.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.testcalls.Assembled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A running system compares a new record with the hash of the last one. That is sound only if both were made by the same rules,
 * so a change of records must be declared.
 */
class FoldRulesTest {

    private static final int RULES = 3;

    private static final String RECORDS = "827bd4a6645e7af98a1e9e6cb071ec44dae9249b150c0014cca4cae78ed9c363";

    @Test
    void shouldHaveANewNumberForRulesThatMakeOtherRecords() throws Exception {
        MessageDigest records = MessageDigest.getInstance("SHA-256");
        for (Path file : examples()) {
            for (String record : Assembled.lines(Files.readAllLines(file))) {
                records.update(record.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(HexFormat.of().formatHex(records.digest()))
                .as("The records of the examples. If they changed on purpose, raise FoldVersion.RULES, and then write"
                        + " this hash and the number into this test.")
                .isEqualTo(RECORDS);
        assertThat(FoldVersion.of(CallRules.DEFAULT, 1) >> 32)
                .as("FoldVersion.RULES, which belongs to that hash")
                .isEqualTo(RULES);
    }

    private static List<Path> examples() throws IOException {
        Path resources = Path.of("src", "samples");
        try (Stream<Path> real = Files.list(resources.resolve("real"));
                Stream<Path> examples = Files.list(resources.resolve("examples"))) {
            return Stream.concat(real, examples)
                    .filter(file -> file.toString().endsWith(".ndjson"))
                    .filter(file -> !file.getFileName().toString().contains("golden"))
                    .sorted()
                    .toList();
        }
    }
}
