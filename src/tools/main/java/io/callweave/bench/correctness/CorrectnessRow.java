package io.callweave.bench.correctness;

/**
 * A subject in a scenario.
 *
 * @param scenario how the notifications are delivered
 * @param notifications that arrive
 * @param cpuSeconds of the processes of the subject, and of its database, without the broker
 * @param jitSeconds of them, of the just-in-time compiler, where the process was not killed
 */
public record CorrectnessRow(
        String scenario,
        Contender subject,
        long notifications,
        Verdict verdict,
        double cpuSeconds,
        double jitSeconds) {}
