package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest value that was sent. Values change between events of one party, and later events often leave fields out.
 */
final class Latest {

    private Latest() {}

    static <T> @Nullable T of(List<PartyEvent> eventsInOrder, Function<PartyEvent, @Nullable T> field) {
        for (int i = eventsInOrder.size() - 1; i >= 0; i--) {
            T value = field.apply(eventsInOrder.get(i));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
