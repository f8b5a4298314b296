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

    /** The number of the rules, and the hash of what they make of the examples. */
    private static final Path RULES =
            Path.of("src", "app", "test", "resources", "io", "callweave", "topology", "calls", "fold-rules.txt");

    @Test
    void shouldHaveANewNumberForRulesThatMakeOtherRecords() throws Exception {
        MessageDigest records = MessageDigest.getInstance("SHA-256");
        for (Path file : examples()) {
            for (String record : Assembled.lines(Files.readAllLines(file))) {
                records.update(record.getBytes(StandardCharsets.UTF_8));
            }
        }

        String hash = HexFormat.of().formatHex(records.digest());
        long rules = FoldVersion.of(CallRules.DEFAULT, 1) >> 32;
        String[] declared = Files.readString(RULES).strip().split(" ");

        if (Long.parseLong(declared[0]) != rules && Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(RULES, rules + " " + hash + "\n");
        } else {
            assertThat(List.of(Long.toString(rules), hash))
                    .as(
                            "The records of the examples. If they changed on purpose, raise FoldVersion.RULES, and write the"
                                    + " generated documentation.")
                    .containsExactly(declared);
        }
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
