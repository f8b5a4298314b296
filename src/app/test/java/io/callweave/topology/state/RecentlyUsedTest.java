package io.callweave.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept in memory is bounded by number and by weight, but for values that must stay. */
class RecentlyUsedTest {

    private long mostWeight = 100;

    private final Set<Long> staying = new HashSet<>();

    private final RecentlyUsed<String, Long> values =
            new RecentlyUsed<>(4, () -> mostWeight, weight -> weight, staying::contains);

    @Test
    void shouldDropTheEldestThatMayGo() {
        staying.add(61L);
        put("a", 61);
        put("b", 20);
        put("c", 30);

        assertThat(values.get("a")).isEqualTo(61);
        assertThat(values.get("b")).isNull();
        assertThat(values.get("c")).isEqualTo(30);
    }

    @Test
    void shouldKeepTheLastOneHoweverMuchMustStay() {
        staying.addAll(List.of(61L, 62L));
        put("a", 61);
        put("b", 62);
        put("c", 30);

        assertThat(values.size()).isEqualTo(3);

        staying.clear();
        values.trim(mostWeight);

        assertThat(values.get("a")).isNull();
        assertThat(values.get("b")).isEqualTo(62);
        assertThat(values.get("c")).isEqualTo(30);
    }

    @Test
    void shouldDropWhatWasNotUsedForLongest() {
        put("a", 1);
        put("b", 1);
        put("c", 1);
        put("d", 1);
        values.get("a");
        put("e", 1);

        assertThat(values.get("b")).isNull();
        assertThat(values.get("a")).isEqualTo(1);
        assertThat(values.size()).isEqualTo(4);
    }

    @Test
    void shouldCountAValueThatHasGrownOnce() {
        put("a", 40);
        put("b", 40);
        put("a", 60);

        assertThat(values.size()).isEqualTo(2);
    }

    @Test
    void shouldDropMoreWhenItMayKeepLess() {
        put("a", 40);
        put("b", 40);
        assertThat(values.size()).isEqualTo(2);

        mostWeight = 50;
        values.trim(mostWeight);

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

        assertThat(values.size()).isEqualTo(2);
    }

    private void put(String key, long weight) {
        values.put(key, weight);
    }
}
