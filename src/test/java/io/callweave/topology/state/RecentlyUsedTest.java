package io.callweave.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept in memory is bounded by number and by weight, and all of a step stays until its end. */
class RecentlyUsedTest {

    private long mostWeight = 100;

    private final RecentlyUsed<String, Long> values = new RecentlyUsed<>(4, () -> mostWeight, weight -> weight);

    @Test
    void shouldKeepAllUntilItIsTrimmed() {
        put("a", 60);
        put("b", 60);
        put("c", 60);
        assertThat(values.size()).isEqualTo(3);

        values.trim();

        assertThat(values.size()).isEqualTo(1);
        assertThat(values.get("c")).isEqualTo(60);
    }

    @Test
    void shouldDropWhatWasNotUsedForLongest() {
        put("a", 1);
        put("b", 1);
        put("c", 1);
        put("d", 1);
        values.get("a");
        put("e", 1);

        values.trim();

        assertThat(values.get("b")).isNull();
        assertThat(values.get("a")).isEqualTo(1);
        assertThat(values.size()).isEqualTo(4);
    }

    @Test
    void shouldCountAValueThatHasGrownOnce() {
        put("a", 40);
        put("b", 40);
        put("a", 60);

        values.trim();

        assertThat(values.size()).isEqualTo(2);
    }

    @Test
    void shouldDropMoreWhenItMayKeepLess() {
        put("a", 40);
        put("b", 40);
        values.trim();
        assertThat(values.size()).isEqualTo(2);

        mostWeight = 50;
        values.trim();

        assertThat(values.get("a")).isNull();
        assertThat(values.get("b")).isEqualTo(40);
    }

    @Test
    void shouldNotCountWhatWasRemoved() {
        put("a", 90);
        values.remove("a");
        values.remove("a");
        put("b", 50);
        put("c", 50);

        values.trim();

        assertThat(values.size()).isEqualTo(2);
    }

    private void put(String key, long weight) {
        values.put(key, weight);
    }
}
