package io.callweave.bridge.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilenceWatchTest {

    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long MONDAY = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final SilenceLimits LIMITS = new SilenceLimits(Duration.ofMinutes(15), 50);

    @Test
    void shouldLearnWhatIsUsualInEachHourOfTheWeek() {
        WeeklyExpectation expectation = new WeeklyExpectation();
        expectation.learn(MONDAY + 9 * HOUR, 100);

        assertThat(expectation.expectedAt(MONDAY + 9 * HOUR + 1)).isEqualTo(100);
        assertThat(expectation.expectedAt(MONDAY + 33 * HOUR)).isEqualTo(100); // Tuesday, not known yet
        assertThat(expectation.expectedAt(MONDAY + 10 * HOUR)).isNaN();

        expectation.learn(MONDAY + (7 * 24 + 9) * HOUR, 200);

        assertThat(expectation.expectedAt(MONDAY + 9 * HOUR)).isEqualTo(130);
        assertThat(expectation.expectedBetween(MONDAY + 9 * HOUR + HOUR / 2, MONDAY + 11 * HOUR))
                .isCloseTo(65, within(1e-9));
    }

    @Test
    void shouldBeAlarmedWhenWhatUsuallyComesDoesNot() {
        SilenceWatch watch = watched();
        long last = MONDAY + 33 * HOUR;
        watch.heard(last);

        watch.tick(last + 14 * MINUTE);
        boolean early = watch.silent();
        watch.tick(last + 31 * MINUTE);

        assertThat(early).isFalse();
        assertThat(watch.silent()).isTrue();
        watch.heard(last + 32 * MINUTE);
        assertThat(watch.silent()).isFalse();
    }

    @Test
    void shouldNotBeAlarmedInAnHourThatIsUsuallyQuiet() {
        SilenceWatch watch = watched();

        watch.tick(MONDAY + 23 * HOUR);

        assertThat(watch.silent()).isFalse();
    }

    @Test
    void shouldNotLearnAnOutage() {
        SilenceWatch watch = watched();
        for (long at = MONDAY + 33 * HOUR; at < MONDAY + 36 * HOUR; at += MINUTE) {
            watch.tick(at);
        }

        assertThat(watch.silent()).isTrue();
        assertThat(watch.expectedPerHour(MONDAY + 33 * HOUR)).isEqualTo(100);
    }

    @Test
    void shouldRememberOverARestartForItsUserOnly(@TempDir Path folder) throws IOException {
        Path kept = folder.resolve("state").resolve("expectations.properties");
        ExpectationsFile file = new ExpectationsFile(kept);

        file.write(Map.of("1", watched().learned()));

        assertThat(file.read().get("1").expectedAt(MONDAY + 9 * HOUR)).isEqualTo(100);
        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(kept.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    /** It has seen a Monday with a hundred notifications from nine to ten, and none else. */
    private static SilenceWatch watched() {
        SilenceWatch watch = new SilenceWatch(new WeeklyExpectation(), LIMITS, MONDAY);
        for (long at = MONDAY; at < MONDAY + 22 * HOUR; at += 30_000) {
            watch.tick(at);
            if (at >= MONDAY + 9 * HOUR && at < MONDAY + 9 * HOUR + 50 * MINUTE) {
                watch.heard(at);
            }
        }
        return watch;
    }
}
