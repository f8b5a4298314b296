package io.callweave.cli.console;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page while Kafka is away: a consumer waits for it without a word, so what is shown must not pass for what goes on. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("full")
class ConsoleSilenceIT extends ConsolePageSupport {

    @BeforeAll
    static void start() throws Exception {
        start("UTC", "");
    }

    @Test
    void shouldSayThatKafkaDoesNotAnswerAndStopItsTimers() {
        PhoneCall phoneCall = PhoneCall.call()
                .in(ConsoleAtWork.ACCOUNT)
                .seeded(71)
                .startingAt(now.minusSeconds(50))
                .inbound("+14155550151")
                .answeredBy("101")
                .after(7, SECONDS)
                .hangUp()
                .after(9, MINUTES);
        List<Notification> soFar = phoneCall.notifications().stream()
                .filter(sent -> sent.eventTime().isBefore(now))
                .toList();
        console.takeIn(soFar);
        browser.open(console.address("#/now"));
        browser.await(row(ConsoleAtWork.ACCOUNT, phoneCall) + "?.dataset.state === 'talking'");

        console.stopKafka();
        browser.await("document.querySelector('.notice.lost.shown')?.textContent.includes('Kafka does not answer')");
        String shown = browser.text(row(ConsoleAtWork.ACCOUNT, phoneCall) + ".textContent");
        browser.value("new Promise(later => setTimeout(() => later(1), 2500))");

        assertThat(browser.text(row(ConsoleAtWork.ACCOUNT, phoneCall) + ".textContent"))
                .isEqualTo(shown);
        assertThat(browser.text("document.querySelector('.connection').textContent"))
                .isEqualTo("Kafka is silent");
    }
}
