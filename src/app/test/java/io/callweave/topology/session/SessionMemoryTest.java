package io.callweave.topology.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The partitions of a process share a third of its heap. */
class SessionMemoryTest {

    private static final long MIB = 1 << 20;

    private final SessionMemory memory = new SessionMemory(300 * MIB);

    @Test
    void shouldDivideAThirdOfTheHeapEqually() {
        memory.join(3);
        memory.join(7);
        memory.join(9);
        memory.join(11);

        assertThat(memory.getAsLong()).isEqualTo(25 * MIB);
    }

    @Test
    void shouldGiveWhatAPartitionLeavesToTheOthers() {
        memory.join(0);
        memory.join(1);
        memory.join(2);
        memory.leave(1);

        assertThat(memory.getAsLong()).isEqualTo(50 * MIB);
    }

    /** A task that was closed without a word begins again. */
    @Test
    void shouldCountAPartitionOnce() {
        memory.join(5);
        memory.join(6);
        memory.join(5);

        assertThat(memory.getAsLong()).isEqualTo(50 * MIB);
    }

    @Test
    void shouldNotGiveAPartitionMoreThanItGainsBy() {
        memory.join(0);

        assertThat(memory.getAsLong()).isEqualTo(64 * MIB);
        assertThat(new SessionMemory(Long.MAX_VALUE).getAsLong()).isEqualTo(64 * MIB);
    }
}
