package io.callweave.topology.feedgap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.feedgap.FeedGap;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.meter.Metric;
import io.callweave.topology.meter.TopologyMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FeedGapStoreTest {

    private static final long TEN = 10_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FeedGapStore store = new FeedGapStore(new TopologyMetrics(registry));

    @Test
    void shouldNameTheFirstGapOfTheAccountThatHasAMomentInCommon() {
        put("1", 10_000, 20_000);
        put("1", 15_000, 30_000);
        put("2", 0, 90_000);

        assertThat(store.overlapping("1", 0, 9_999)).isNull();
        assertThat(store.overlapping("1", 0, 10_000)).isEqualTo("1/1970-01-01T00:00:10.000Z");
        assertThat(store.overlapping("1", 20_000, 21_000)).isEqualTo("1/1970-01-01T00:00:10.000Z");
        assertThat(store.overlapping("1", 20_001, 21_000)).isEqualTo("1/1970-01-01T00:00:15.000Z");
        assertThat(store.overlapping("1", 30_001, Long.MAX_VALUE)).isNull();
        assertThat(store.overlapping("3", 0, Long.MAX_VALUE)).isNull();
    }

    @Test
    void shouldForgetAGapThatIsDeleted() {
        put("1", 10_000, 20_000);

        store.accept("1/1970-01-01T00:00:10.000Z".getBytes(UTF_8), null);
        store.accept("2/1970-01-01T00:00:10.000Z".getBytes(UTF_8), null);

        assertThat(store.overlapping("1", 0, Long.MAX_VALUE)).isNull();
        assertThat(rejected()).isZero();
    }

    @Test
    void shouldKeepTheLatestGapsOfAnAccountWithVeryMany() {
        for (int i = 0; i < 1_001; i++) {
            put("1", i * TEN, i * TEN);
        }

        assertThat(store.overlapping("1", 0, 0)).isNull();
        assertThat(store.overlapping("1", TEN, TEN)).isNotNull();
    }

    @Test
    void shouldCountWhatCannotBeUsedAndKnowTheRest() {
        put("1", 10_000, 20_000);

        store.accept("1/x".getBytes(UTF_8), "no JSON".getBytes(UTF_8));
        store.accept("1/x".getBytes(UTF_8), "{\"accountId\":\"1\",\"from\":\"soon\",\"to\":null}".getBytes(UTF_8));
        store.accept("1/x".getBytes(UTF_8), new byte[0]);
        store.accept("x".getBytes(UTF_8), null);
        store.accept("x/+999999999-12-31T23:59:59Z".getBytes(UTF_8), null);
        store.accept(
                null,
                "{\"accountId\":\"1\",\"from\":\"1970-01-01T00:01:00Z\",\"to\":\"1970-01-01T00:02:00Z\",\"reason\":\"new\"}"
                        .getBytes(UTF_8));

        assertThat(rejected()).isEqualTo(5);
        assertThat(store.overlapping("1", 10_000, 10_000)).isNotNull();
        assertThat(store.overlapping("1", 60_000, 60_000)).isNotNull();
    }

    private double rejected() {
        return registry.get(Metric.FEED_GAP_REJECTED.meterName()).counter().count();
    }

    private void put(String account, long from, long to) {
        FeedGap gap = new FeedGap(account, "websocket", from, to, FeedGap.Reason.NO_RECOVERY);
        store.accept(FeedGapJson.key(gap).getBytes(UTF_8), FeedGapJson.write(gap));
    }
}
