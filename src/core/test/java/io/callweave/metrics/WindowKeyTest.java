package io.callweave.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class WindowKeyTest {

    /** A sender of notifications chooses the ids of extensions, and so their hash codes. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // looking through all of them for each takes minutes
    void shouldBeFoundAmongVeryManyWithTheSameHashCode() {
        Map<WindowKey, Integer> windows = new HashMap<>();

        IntStream.range(1 << 17, 1 << 18).forEach(i -> windows.put(window(i), i));

        assertThat(windows).hasSize(1 << 17).containsEntry(window(200_000), 200_000);
        assertThat(window(200_000)).isNotEqualTo(window(200_001)).hasSameHashCodeAs(window(200_001));
    }

    private static WindowKey window(int number) {
        String id = Integer.toBinaryString(number).replace("0", "Aa").replace("1", "BB");
        return new WindowKey("1", Scope.EXTENSION, id, WindowSize.PT1H, 0);
    }
}
