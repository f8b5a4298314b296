package io.callweave.settings.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class DurationsProperties {

    private static final long LONGEST = 366L * 24 * 60 * 60 * 1000;

    @Property
    boolean shouldReadBackWhatItWrites(@ForAll @LongRange(min = 0, max = LONGEST) long millis) {
        Duration duration = Duration.ofMillis(millis);

        return Durations.parse(Durations.format(duration)).orElseThrow().equals(duration);
    }

    @Property
    boolean shouldReadIso(@ForAll @LongRange(min = 0, max = LONGEST) long millis) {
        Duration duration = Duration.ofMillis(millis);

        return Durations.parse(duration.toString()).orElseThrow().equals(duration);
    }

    @Property
    void shouldReadEveryUnitWithAndWithoutSpace(@ForAll @LongRange(min = 0, max = 999_999_999_999L) long number) {
        assertThat(Durations.parse(number + "ms")).contains(Duration.ofMillis(number));
        assertThat(Durations.parse(number + " s")).contains(Duration.ofSeconds(number));
        assertThat(Durations.parse(number + "m")).contains(Duration.ofMinutes(number));
        assertThat(Durations.parse(number + "  h")).contains(Duration.ofHours(number));
        assertThat(Durations.parse(number + "d")).contains(Duration.ofDays(number));
    }

    @Property
    void shouldNeverFailOnAnyText(@ForAll @StringLength(max = 30) String text) {
        assertThat(Durations.parse(text)).isNotNull();
    }
}
