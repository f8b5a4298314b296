package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.ExpectedCalls;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls in the test resources that were worked out independently of Callweave. */
class AcceptanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"clean", "shuffled", "dropped", "accounts", "kinds", "queues", "conflicts", "handovers"})
    void shouldBeTheCallsThatAreExpected(String name) {
        List<String> records = Assembled.lines(ExpectedCalls.lines("acceptance/" + name + ".ndjson"));

        ExpectedCalls.in("acceptance/" + name + ".calls.ndjson").assertAre(records);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean", "shuffled", "dropped", "accounts", "kinds", "queues", "conflicts", "handovers"})
    void shouldBeTheSameBytesInAnotherOrder(String name) {
        List<String> lines = ExpectedCalls.lines("acceptance/" + name + ".ndjson");
        List<String> inOrder = Assembled.lines(lines);

        Collections.shuffle(lines, new Random(11));

        assertThat(Assembled.lines(lines)).isEqualTo(inOrder);
    }
}
