package io.callweave.cli;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Commands of another jar, found by {@link java.util.ServiceLoader}: {@code callweave-tools.jar} has those that need a broker in
 * the process, simulated traffic or benchmarks.
 */
public interface MoreCommands {

    /** By name; each makes the object that picocli runs. */
    Map<String, Supplier<Object>> byName();
}
