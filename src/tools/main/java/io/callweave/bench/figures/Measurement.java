package io.callweave.bench.figures;

/**
 * The cost of one run over a part of the input.
 *
 * @param seconds from the moment at which the input could be read until all work was done and committed
 * @param cpu of this process, including the broker in it
 */
public record Measurement(long notifications, double seconds, CpuTimes.Reading cpu) {

    private static final double MILLION = 1e6;

    /** Notifications per second. */
    public double perSecond() {
        return notifications / seconds;
    }

    /** CPU seconds per million notifications, without those of the just-in-time compiler. */
    public double cpuPerMillion() {
        return perMillion(cpu.process() - cpu.jit());
    }

    /** CPU seconds of the just-in-time compiler per million notifications. */
    public double jitPerMillion() {
        return perMillion(cpu.jit());
    }

    /** CPU seconds of the garbage collector per million notifications; they are part of {@link #cpuPerMillion}. */
    public double gcPerMillion() {
        return perMillion(cpu.gc());
    }

    /** CPU seconds of a kind of thread per million notifications. */
    public double perMillion(ThreadKind kind) {
        return perMillion(cpu.of(kind));
    }

    private double perMillion(double cpuSeconds) {
        return cpuSeconds * MILLION / notifications;
    }
}
