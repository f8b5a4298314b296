package io.callweave.cli;

import io.callweave.directory.DirectoryEntry;
import io.callweave.simulation.Traffic;
import java.util.List;

/** The extensions of simulated contact centres, as the directory describes them. */
final class SimulatedDirectory {

    private SimulatedDirectory() {}

    static List<DirectoryEntry> of(Traffic traffic) {
        return traffic.extensions().stream()
                .map(listed -> new DirectoryEntry(
                        listed.extension().account().id(),
                        listed.extension().id(),
                        listed.extension().name(),
                        listed.type(),
                        null,
                        listed.department(),
                        null))
                .toList();
    }
}
