package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.awaitility.Awaitility.await;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Some calls whenever it is asked whether something has come about; the clock's marks flow all the time. */
final class FlowingCalls {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final int AT_ONCE = 3;

    /** One call of so many has no end, so that it is waited for. */
    private static final int ENDLESS_EVERY = 4;

    private final Installation installation;
    private int next;

    FlowingCalls(Installation installation) {
        this.installation = installation;
    }

    void flowUntil(Callable<Boolean> condition) {
        await().atMost(Installation.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    flow();
                    return condition.call();
                });
    }

    void finish() {
        flow();
    }

    private void flow() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            List<String> ofCall = transferred(next).lines();
            lines.addAll(next % ENDLESS_EVERY == 0 ? ofCall.subList(0, ofCall.size() - 1) : ofCall);
            next++;
        }
        installation.accept(lines);
    }

    private static PhoneCall transferred(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 9), "+15550100006");
        return call().in(account)
                .seeded(number)
                .startingAt(START.plusSeconds(number))
                .inbound("+15550100002")
                .answeredBy("104")
                .attendedTransferTo("106")
                .hangUp();
    }
}
