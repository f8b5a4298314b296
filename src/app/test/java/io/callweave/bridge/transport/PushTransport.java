package io.callweave.bridge.transport;

import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** All that another transport takes: notifications that a test pushes for an account. */
final class PushTransport implements Transport {

    private static final String NAME = "push";

    private final BridgeServices services;
    volatile boolean running = true;
    volatile boolean closed;

    PushTransport(BridgeServices services) {
        this.services = services;
    }

    CompletableFuture<IntakeOutcome> push(Account account, String notification) {
        Receipt receipt = new Receipt(NAME, services.clock().millis(), NAME + ":" + account.id());
        return services.intake().accept(Owner.of(account), notification.getBytes(StandardCharsets.UTF_8), receipt);
    }

    Account account(String id) {
        return services.accounts().get().all().stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        closed = true;
    }
}
