package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import org.junit.jupiter.api.Test;

class PendingChangesTest {

    @Test
    void shouldSendNothingOfWhatWasNotStored() throws InterruptedException {
        Changes changes = new Changes(() -> 1);
        ChangeListener listener = changes.listen(AccountScope.OPERATOR, null);
        PendingChanges pending = new PendingChanges(changes);
        pending.enable();

        pending.add("call", "A", "\"not stored\"");
        pending.discard();
        pending.add("call", "A", "\"stored\"");
        pending.written();

        assertThat(listener.next(0))
                .singleElement()
                .satisfies(event -> assertThat(new String(event.part(0), UTF_8))
                        .contains("\"stored\"")
                        .doesNotContain("not stored"));
    }
}
