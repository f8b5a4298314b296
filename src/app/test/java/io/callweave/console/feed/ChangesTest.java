package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
        List<String> heard = new ArrayList<>();

        for (int i = 0; i <= Changes.MOST_EVENTS; i++) {
            changes.tell("live", "1", "x" + i);
            heard.addAll(data(other));
        }

        assertThat(slow.next(0)).isEmpty();
        assertThat(slow.isDropped()).isTrue();
        assertThat(other.isClosed()).isFalse();
        assertThat(heard)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, Changes.MOST_EVENTS)
                        .mapToObj(i -> "x" + i)
                        .toList());
        assertThat(changes.listeners()).isEqualTo(1);
    }

    @Test
    void shouldKeepNoMoreThanItsBytes() throws InterruptedException {
        String large = "x".repeat((int) Changes.MOST_BYTES / 4);
        ChangeListener slow = changes.listen(AccountScope.OPERATOR, null);
        for (int i = 0; i < 4; i++) {
            changes.tell("live", "1", large);
        }

        assertThat(slow.next(0)).isEmpty();
        assertThat(slow.isDropped()).isTrue();
    }

    /** One that reads slowly would keep as much as the buffer, and each that began at another moment something else. */
    @Test
    void shouldKeepNothingForOneThatStillSendsWhatIsForgotten() throws InterruptedException {
        String large = "x".repeat((int) Changes.MOST_BYTES / 4);
        ChangeListener slow = changes.listen(AccountScope.OPERATOR, null);
        changes.tell("live", "1", large);
        ChangeEvent sent = slow.next(0).get(0);
        assertThat(sent.part(0)).hasSizeLessThan(large.length() / 100);
        for (int i = 0; i < 4; i++) {
            changes.tell("live", "1", large);
        }

        assertThat(sent.part(1)).isNull();
    }

    /** Tokens of the same accounts have the same scope. */
    @Test
    void shouldTakeThePlaceOfOneOfThoseWhoHaveMost() {
        AccountScope one = new AccountScope(Set.of("1"));
        AccountScope two = new AccountScope(Set.of("2"));
        List<ChangeListener> ofOne = new ArrayList<>();
        while (!changes.isFull()) {
            ofOne.add(changes.tryListen(one, null).orElseThrow());
        }

        assertThat(changes.tryListen(one, null)).isEmpty();
        for (int i = 0; i < ofOne.size() / 2; i++) {
            assertThat(changes.tryListen(two, null)).isPresent();
        }
        assertThat(changes.tryListen(two, null)).isEmpty();

        assertThat(ofOne).filteredOn(ChangeListener::isDropped).hasSize(ofOne.size() / 2);
        assertThat(changes.isFull()).isTrue();
    }

    @Test
    void shouldTellOnceOnlyThoseWhoListen() throws InterruptedException {
        ChangeListener before = changes.listen(AccountScope.OPERATOR, null);

        changes.tellOnce("beat", "{}");

        assertThat(types(before)).containsExactly("beat");
        assertThat(types(changes.listen(AccountScope.OPERATOR, null))).isEmpty();
        assertThat(types(changes.listen(AccountScope.OPERATOR, changes.newest())))
                .isEmpty();
    }

    /** Who hears of one account must not see how much happens in the others. */
    @Test
    void shouldNotCountEventsInTheirIds() throws InterruptedException {
        ChangeListener listener = changes.listen(new AccountScope(Set.of("1")), null);
        for (int i = 0; i < 1_000; i++) {
            changes.tell("live", "1", "own");
        }

        List<Long> ids = all(listener).stream()
                .map(event -> new String(event.part(0), StandardCharsets.UTF_8))
                .map(frame -> frame.replaceAll("(?s)id: 7-(\\S+)\n.*", "$1"))
                .map(id -> Long.parseUnsignedLong(id, Character.MAX_RADIX))
                .toList();

        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(ids.stream().filter(id -> id < 0))
                .as("those with the highest bit")
                .hasSizeBetween(350, 650);
    }

    private static List<String> data(ChangeListener listener) throws InterruptedException {
        return all(listener).stream()
                .map(event -> new String(event.part(0), StandardCharsets.UTF_8))
                .map(frame -> frame.replaceAll("(?s).*data: (.*)\n\n", "$1"))
                .toList();
    }

    private static List<String> types(ChangeListener listener) throws InterruptedException {
        return all(listener).stream().map(ChangeEvent::type).toList();
    }

    private static List<ChangeEvent> all(ChangeListener listener) throws InterruptedException {
        List<ChangeEvent> all = new ArrayList<>();
        for (List<ChangeEvent> some = listener.next(0); !some.isEmpty(); some = listener.next(0)) {
            all.addAll(some);
        }
        return all;
    }
}
