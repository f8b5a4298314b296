package io.callweave.topology.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.meter.Metric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountLoadsTest {

    private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();
    private static final long A_SECOND = Duration.ofSeconds(1).toNanos();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AccountLoads loads = new AccountLoads(registry);

    @Test
    void shouldSayWhatAnAccountTook() {
        AccountLoads.Home home = home(0);

        home.worked("1", A_SECOND, 300);
        home.worked("1", 3 * A_SECOND, 200);
        home.tell(TEN_SECONDS);

        assertThat(shown(Metric.ACCOUNT_SHARE)).isEqualTo(Map.of("1", 0.4));
        assertThat(shown(Metric.ACCOUNT_RATE)).isEqualTo(Map.of("1", 0.2));
        assertThat(shown(Metric.ACCOUNT_LAG)).isEqualTo(Map.of("1", 0.3));
    }

    @Test
    void shouldShowTheTenLargestOfAllPartitions() {
        for (int partition = 0; partition < 2; partition++) {
            AccountLoads.Home home = home(partition);
            for (int i = 1; i <= 9; i++) {
                home.worked(partition + "-" + i, i * A_SECOND, 0);
            }
            home.worked(null, 9 * A_SECOND, 0);
            home.tell(TEN_SECONDS);
        }

        assertThat(shown(Metric.ACCOUNT_SHARE))
                .containsOnlyKeys("0-5", "0-6", "0-7", "0-8", "0-9", "1-5", "1-6", "1-7", "1-8", "1-9");
    }

    @Test
    void shouldShowOfSmallAccountsOnlyTheLargest() {
        AccountLoads.Home home = home(0);
        home.worked("small", 2, 0);
        home.worked("smaller", 1, 0);

        home.tell(TEN_SECONDS);

        assertThat(shown(Metric.ACCOUNT_RATE)).containsOnlyKeys("small");
    }

    /** Names of accounts come from outside, and each is that of a series. */
    @Test
    void shouldNotShowANameThatIsTooLongForAnAccount() {
        AccountLoads.Home home = home(0);
        home.worked("1".repeat(101), 2 * A_SECOND, 0);
        home.worked("1".repeat(100), A_SECOND, 0);

        home.tell(TEN_SECONDS);

        assertThat(shown(Metric.ACCOUNT_SHARE)).containsOnlyKeys("1".repeat(100));
    }

    @Test
    void shouldForgetAnAccountThatIsQuietOrElsewhere() {
        AccountLoads.Home quiet = home(0);
        AccountLoads.Home gone = home(1);
        quiet.worked("quiet", A_SECOND, 0);
        gone.worked("gone", A_SECOND, 0);
        quiet.tell(TEN_SECONDS);
        gone.tell(TEN_SECONDS);
        assertThat(shown(Metric.ACCOUNT_SHARE)).containsOnlyKeys("quiet", "gone");

        quiet.tell(2 * TEN_SECONDS);
        gone.forget();

        assertThat(shown(Metric.ACCOUNT_SHARE)).isEmpty();
    }

    private AccountLoads.Home home(int partition) {
        AccountLoads.Home home = loads.home(partition);
        home.tell(0);
        return home;
    }

    private Map<String, Double> shown(Metric metric) {
        Map<String, Double> values = new TreeMap<>();
        for (Gauge gauge : registry.find(metric.meterName()).gauges()) {
            values.put(String.valueOf(gauge.getId().getTag("account")), gauge.value());
        }
        return values;
    }
}
