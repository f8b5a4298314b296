package io.callweave.bench.figures;

/**
 * The cost of one run over a part of the input.
 *
 * @param seconds from the moment at which the input could be read until all work was done and committed
 * @param cpu of the subject and of the broker, wherever they run
 */
public record Measurement(long notifications, double seconds, CpuTimes.Reading cpu) {

    private static final double MILLION = 1e6;

    /** Notifications per second. */
    public double perSecond() {
        return notifications / seconds;
    }

    /** CPU seconds per million notifications, without those of the just-in-time compiler. */
    public double cpuPerMillion() {
        return (cpu.process() - cpu.of(ThreadKind.JIT)) * MILLION / notifications;
    }

    /** CPU seconds of a kind of thread per million notifications. */
    public double perMillion(ThreadKind kind) {
        return cpu.of(kind) * MILLION / notifications;
    }

    /** In one line. */
    public String text() {
        return "%,9d notifications in %,6.1f s: %,9.0f/s, CPU %6.1f s per million"
                .formatted(notifications, seconds, perSecond(), cpuPerMillion());
    }
}
