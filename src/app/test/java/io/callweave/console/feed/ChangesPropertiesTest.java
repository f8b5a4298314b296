package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Clients that come and go at any time, between events of their own account and of others. */
class ChangesPropertiesTest {

    private static final int STEPS = 300;

    /** So many at once that the oldest are forgotten. */
    private static final int FLOOD = Changes.MOST_EVENTS + 1;

    @Property(tries = 60)
    void shouldTellEachEventOnceToOneWhoComesBackOrSayThatItMustAskAgain(@ForAll Random random)
            throws InterruptedException {
        Changes changes = new Changes(() -> 7);
        Client client = new Client(changes);
        int told = 0;
        for (int step = 0; step < STEPS; step++) {
            int most = random.nextInt(100) == 0 ? FLOOD : random.nextInt(40);
            for (int each = 0; each < most; each++) {
                boolean own = random.nextInt(3) > 0;
                changes.tell("live", own ? "own" : "theirs", own ? Integer.toString(++told) : "-");
            }
            client.takesFrom(random, told);
        }
        client.takesAll(told);

        assertThat(client.heard).isEqualTo(told);
    }

    /** One who counts: it has heard everything up to a number. */
    private static final class Client {

        private final Changes changes;
        private @Nullable ChangeListener listener;
        private String last;
        private int heard;

        private Client(Changes changes) {
            this.changes = changes;
            last = changes.newest();
        }

        /** Reads some events, and at times loses its connection before it has read all that were sent. */
        private void takesFrom(Random random, int told) throws InterruptedException {
            List<ChangeEvent> sent = events();
            int read = random.nextInt(4) == 0 ? random.nextInt(sent.size() + 1) : sent.size();
            sent.subList(0, read).forEach(each -> take(each, told));
            if (read < sent.size() || random.nextInt(5) == 0) {
                leave();
            }
        }

        private void takesAll(int told) throws InterruptedException {
            for (int idle = 0; idle < 2; ) {
                List<ChangeEvent> sent = events();
                sent.forEach(each -> take(each, told));
                idle = sent.isEmpty() ? idle + 1 : 0;
            }
        }

        private List<ChangeEvent> events() throws InterruptedException {
            ChangeListener now = listener;
            if (now == null || now.isClosed()) {
                now = changes.listen(new AccountScope(Set.of("own")), last);
                listener = now;
            }
            List<ChangeEvent> all = new ArrayList<>();
            for (int batch = 0; batch < 4; batch++) {
                all.addAll(now.next(0));
            }
            return all;
        }

        private void take(ChangeEvent event, int told) {
            String frame = new String(event.part(0), StandardCharsets.UTF_8);
            last = frame.replaceAll("(?s)id: (\\S+)\n.*", "$1");
            if (event.type().equals("reset")) {
                heard = told; // it asks for everything
                return;
            }
            assertThat(frame).contains("data: " + (heard + 1) + "\n");
            heard++;
        }

        private void leave() {
            if (listener != null) {
                listener.close();
                listener = null;
            }
        }
    }
}
