package io.callweave.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.account.VerificationTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeliveriesTest {

    private static final String FOREIGN =
            "{\"event\":\"/restapi/v1.0/account/2/telephony/sessions\",\"body\":{\"sequence\":2,"
                    + "\"telephonySessionId\":\"s-1\",\"parties\":[]}}";

    private static final Receipt RECEIPT = new Receipt("pubnub", 1, "pubnub:1");

    private final MemorySink kept = new MemorySink();
    private long now;

    /** The rate was for webhooks only: feeds that sent faster wrote 26,000 dead letters a second. */
    @Test
    void shouldWantNoMoreThanTheAccountMaySendAndKeepAllThatIsThere() {
        Deliveries slow = deliveries(1);
        Deliveries fast = deliveries(10_000);
        assertThat(slow.isTooFast()).isFalse();
        assertThat(fast.isTooFast()).isFalse();

        for (int i = 0; i < 900; i++) {
            slow.take("x" + i, RECEIPT);
            fast.take("x" + i, RECEIPT);
        }

        assertThat(slow.isTooFast()).isTrue();
        assertThat(slow.isFull()).isFalse();
        assertThat(fast.isTooFast()).isFalse();
        assertThat(slow.isEmpty()).isTrue();
        assertThat(kept.all()).hasSize(2 * 900);
        now = Duration.ofHours(1).toNanos();
        assertThat(slow.isTooFast()).isFalse();
    }

    @Test
    void shouldCountALongOneAsSeveral() {
        Deliveries deliveries = deliveries(10);
        assertThat(deliveries.isTooFast()).isFalse();

        deliveries.take("x".repeat(4 << 20), RECEIPT);

        assertThat(deliveries.isTooFast()).isTrue();
        assertThat(deliveries.isEmpty()).isTrue();
    }

    /** Who sends them can send any number. */
    @Test
    void shouldSayOnceAMinuteHowManyNotificationsOfOthersAreNotTaken() {
        Deliveries deliveries = deliveries(
                Owner.of(new Account("1", "/1", new VerificationTokens(List.of()), Privacy.NONE, 1, null)), 10_000);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(Deliveries.class);
        log.addAppender(said);
        for (int i = 0; i < 1_000; i++) {
            deliveries.take(FOREIGN, new Receipt("webSocket", 0, "gateway"));
        }
        now = Duration.ofMinutes(1).toNanos();
        deliveries.take(FOREIGN, new Receipt("webSocket", 0, "gateway"));
        log.detachAppender(said);

        assertThat(deliveries.isEmpty()).isTrue();
        assertThat(said.list)
                .extracting(line -> line.getKeyValuePairs().toString())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("outcome=\"FOREIGN_ACCOUNT\""))
                .last()
                .asString()
                .contains("leftOut=\"999\"");
    }

    private Deliveries deliveries(int ratePerSecond) {
        return deliveries(Owner.ANYBODY, ratePerSecond);
    }

    private Deliveries deliveries(Owner owner, int ratePerSecond) {
        return new Deliveries(
                new Intake(IntakeRules.of("", 1_000), kept, IntakeListener.NONE, InstantSource.system()),
                owner,
                ratePerSecond,
                () -> now);
    }
}
