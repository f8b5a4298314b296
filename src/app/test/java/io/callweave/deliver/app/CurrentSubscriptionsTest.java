package io.callweave.deliver.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.deliver.manage.MemoryStore;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.queue.SubscriptionTable;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.junit.jupiter.api.Test;

class CurrentSubscriptionsTest {

    @Test
    void shouldSayThatSubscriptionsAreNotReadYet() {
        CurrentSubscriptions subscriptions = new CurrentSubscriptions(
                new MemoryStore(),
                new SubscriptionTable(all -> {}),
                () -> {
                    throw new StreamsNotStartedException("The state is CREATED.");
                },
                (accounts, sink) -> {});

        assertThatThrownBy(subscriptions::all)
                .isInstanceOfSatisfying(
                        SubscriptionException.class,
                        e -> assertThat(e.kind()).isEqualTo(SubscriptionException.Kind.UNAVAILABLE))
                .hasMessageContaining("try again");
    }
}
