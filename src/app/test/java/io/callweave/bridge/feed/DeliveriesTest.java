package io.callweave.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.Owner;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.SinkStatus;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.account.VerificationTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeliveriesTest {

    private static final String FOREIGN =
            "{\"event\":\"/restapi/v1.0/account/2/telephony/sessions\",\"body\":{\"sequence\":2,"
                    + "\"telephonySessionId\":\"s-1\",\"parties\":[]}}";

    private long now;
    private final Deliveries deliveries = new Deliveries(
            new Intake(
                    IntakeRules.of("acme.", 1_000),
                    new DurableSink() {
                        @Override
                        public CompletableFuture<Kept> keep(RawRecord record) {
                            return CompletableFuture.completedFuture(Kept.KEPT);
                        }

                        @Override
                        public SinkStatus status() {
                            return new SinkStatus(0, 0, 0, true, false);
                        }

                        @Override
                        public void close() {}
                    },
                    IntakeListener.NONE,
                    InstantSource.system()),
            Owner.of(new Account("1", "/1", new VerificationTokens(List.of()), Privacy.NONE, 1, null)),
            () -> now);

    /** Who sends them can send any number. */
    @Test
    void shouldSayOnceAMinuteHowManyNotificationsOfOthersAreNotTaken() {
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
}
