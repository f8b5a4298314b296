package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.state.BinaryReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A call that went out stays in the state for the late window, so what it takes there decides how large the state is. */
class StateSizeTest {

    private static final Path ACCEPTANCE = Path.of("src/samples/acceptance");
    private static final int MOST_BYTES_PER_CALL = 1_024;

    @Test
    void shouldTakeAtMostAKibibyteForACallThatWentOut() throws IOException {
        Set<String> calls = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();

        for (Path file : samples()) {
            RestartedStage stage = new RestartedStage();
            for (String line : Files.readAllLines(file)) {
                stage.receive(line.getBytes(UTF_8));
            }
            stage.pass(CallOptions.DEFAULT.waits().maxIdle().toMillis() + 1);
            for (byte[] value : stage.sessionValues()) {
                SessionState state = SessionState.read(new BinaryReader(value));
                assertThat(state.isSeen() && !state.wasEmitted())
                        .as("a session that is not settled")
                        .isFalse();
                sizes.add(value.length);
                if (state.wasEmitted()) {
                    calls.add(file + " " + state.countedIn());
                }
            }
        }

        assertThat(calls).hasSizeGreaterThan(100);
        assertThat(sizes.stream().mapToLong(Integer::longValue).sum() / calls.size())
                .as("bytes per call")
                .isLessThanOrEqualTo(MOST_BYTES_PER_CALL);
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(ACCEPTANCE)) {
            return files.filter(file -> !file.toString().endsWith(".calls.ndjson"))
                    .sorted()
                    .toList();
        }
    }
}
