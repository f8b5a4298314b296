package io.callweave.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callweave.files.LocalException;
import io.callweave.sending.Delivered;
import io.callweave.sending.Destination;
import io.callweave.sending.Pacing;
import io.callweave.sending.SendingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final int LINES = 2_500;

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private final List<String> arrived = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;
    private int failAfter = Integer.MAX_VALUE;
    private int noRoomFrom = Integer.MAX_VALUE;

    @BeforeEach
    void writeARecording() throws IOException {
        file = directory.resolve("recording.ndjson");
        Files.write(file, lines());
    }

    @AfterEach
    void forgetTheInterruption() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void shouldGoOnWhereItWasStoppedAndSendNothingTwice() {
        stopAfter = 1_234;
        Replay.Result first = replay();
        stopAfter = Integer.MAX_VALUE;
        Replay.Result second = replay();

        assertThat(first.whole()).isFalse();
        assertThat(first.sent()).isEqualTo(1_234);
        assertThat(second.whole()).isTrue();
        assertThat(arrived).isEqualTo(lines());
    }

    @Test
    void shouldSendAgainNoMoreThanItHasNotRememberedIfItBreaks() {
        failAfter = 2_100;
        assertThatExceptionOfType(SendingException.class).isThrownBy(this::replay);
        ReplayState broken = memory().read().orElseThrow();
        failAfter = Integer.MAX_VALUE;
        replay();

        assertThat(broken.underway()).isTrue();
        assertThat(arrived).containsAll(lines());
        assertThat(arrived.size() - LINES).isBetween(0, Replay.BETWEEN_CHECKPOINTS);
        assertThat(broken.sent()).isBetween(1_000L, 2_100L);
    }

    @Test
    void shouldRefuseAFileThatNoReplayWrote() throws IOException {
        Files.writeString(directory.resolve("state.json"), "nothing of ours");

        assertThatExceptionOfType(LocalException.class)
                .isThrownBy(() -> memory().read())
                .withMessageContaining("name another one with --resume");
    }

    @Test
    void shouldNotTakeForArrivedWhatTheBridgeHadNoRoomFor() {
        noRoomFrom = LINES / 2;

        assertThatExceptionOfType(SendingException.class)
                .isThrownBy(this::replay)
                .withMessageContaining("were not taken");
        noRoomFrom = Integer.MAX_VALUE;
        replay();

        assertThat(arrived).containsAll(lines());
    }

    @Test
    void shouldStopWhereNothingIsTaken() {
        Destination closed = new Memory() {
            @Override
            public Delivered finish() {
                return new Delivered(0, 1_000, new TreeMap<>(java.util.Map.of("401", 1_000L)));
            }
        };

        assertThatExceptionOfType(SendingException.class)
                .isThrownBy(() -> replayTo(closed))
                .withMessageContaining("401 is a wrong --token");
    }

    private Replay.Result replay() {
        return replayTo(new Memory());
    }

    private Replay.Result replayTo(Destination destination) {
        FileRecording recording = new FileRecording(List.of(file.toString()), InputStream.nullInputStream(), 1 << 20);
        ReplayState begin = memory().read().orElse(ReplayState.begin(recording, "somewhere"));
        return new Replay(
                        recording,
                        destination,
                        new Pacing.Full(),
                        begin,
                        state -> memory().write(state),
                        (sent, size) -> assertThat(size).isPositive())
                .run();
    }

    private ReplayStateFile memory() {
        return new ReplayStateFile(directory.resolve("state.json"));
    }

    private static List<String> lines() {
        return IntStream.range(0, LINES).mapToObj("{\"number\":%d}"::formatted).toList();
    }

    /** Takes everything until the test says otherwise. */
    private class Memory implements Destination {

        private long taken;
        private long open;

        @Override
        public void send(byte[] notification) {
            if (arrived.size() >= failAfter) {
                throw new SendingException("It broke.", null);
            }
            if (arrived.size() >= noRoomFrom) {
                open++;
                return;
            }
            arrived.add(new String(notification, StandardCharsets.UTF_8));
            taken++;
            if (arrived.size() >= stopAfter) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Delivered finish() {
            return new Delivered(taken, open, new TreeMap<>());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
