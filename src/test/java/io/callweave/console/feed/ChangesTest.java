package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private final Changes changes = new Changes(() -> 7);

    @Test
    void shouldGoOnAfterAnEvent() throws InterruptedException {
        changes.tell("live", "1", "one");
        String heard = changes.newest();
        changes.tell("live", "1", "two");
        changes.tell("live", "1", "three");

        assertThat(data(changes.listen(AccountScope.OPERATOR, heard))).containsExactly("two", "three");
        assertThat(data(changes.listen(AccountScope.OPERATOR, changes.newest())))
                .isEmpty();
        assertThat(data(changes.listen(AccountScope.OPERATOR, null))).isEmpty();
    }

    @Test
    void shouldSayThatAnEventIsNotKnownAnyMore() throws InterruptedException {
        changes.tell("live", "1", "first");
        String first = changes.newest();
        for (int i = 0; i < 10_001; i++) {
            changes.tell("live", "1", "more");
        }

        assertThat(types(changes.listen(AccountScope.OPERATOR, first))).containsExactly("reset");
        assertThat(types(changes.listen(AccountScope.OPERATOR, "other-3"))).containsExactly("reset");
        assertThat(types(changes.listen(AccountScope.OPERATOR, "7-x"))).containsExactly("reset");
    }

    @Test
    void shouldTellOnlyOfTheAccountsOfAToken() throws InterruptedException {
        ChangeListener listener = changes.listen(new AccountScope(Set.of("2")), null);

        changes.tell("live", "1", "theirs");
        changes.tell("live", "2", "own");
        changes.tell("windows", null, "{}");

        assertThat(data(listener)).containsExactly("own", "{}");
    }

    @Test
    void shouldDropOneThatDoesNotListenAndNoOther() throws InterruptedException {
        ChangeListener slow = changes.listen(AccountScope.OPERATOR, null);
        ChangeListener other = changes.listen(AccountScope.OPERATOR, null);
        assertThat(data(slow)).isEmpty();
        int heard = 0;

        for (int i = 0; i <= ChangeListener.MOST_EVENTS; i++) {
            changes.tell("live", "1", "x");
            heard += data(other).size();
        }

        assertThat(slow.isDropped()).isTrue();
        assertThat(slow.next(0)).isNull();
        assertThat(other.isClosed()).isFalse();
        assertThat(heard).isEqualTo(ChangeListener.MOST_EVENTS + 1);
        assertThat(changes.listeners()).isEqualTo(1);
    }

    private static List<String> data(ChangeListener listener) throws InterruptedException {
        return all(listener).stream().map(ChangeEvent::data).toList();
    }

    private static List<String> types(ChangeListener listener) throws InterruptedException {
        return all(listener).stream().map(ChangeEvent::type).toList();
    }

    private static List<ChangeEvent> all(ChangeListener listener) throws InterruptedException {
        List<ChangeEvent> all = new ArrayList<>();
        for (ChangeEvent event = listener.next(0); event != null; event = listener.next(0)) {
            all.add(event);
        }
        return all;
    }
}
