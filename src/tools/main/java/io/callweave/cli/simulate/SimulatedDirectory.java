package io.callweave.cli.simulate;

import io.callweave.directory.DirectoryEntry;
import io.callweave.platform.directory.PlatformContact;
import io.callweave.platform.directory.PlatformDirectory;
import io.callweave.simulation.Listed;
import io.callweave.simulation.Traffic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The extensions of simulated contact centres, as our directory and as RingCentral's describe them. */
public final class SimulatedDirectory {

    private static final Map<String, String> TYPES = Map.of(
            DirectoryEntry.USER, "User",
            DirectoryEntry.QUEUE, "Department",
            DirectoryEntry.IVR, "IvrMenu");

    private SimulatedDirectory() {}

    public static List<DirectoryEntry> of(Traffic traffic) {
        return traffic.extensions().stream()
                .map(listed -> new DirectoryEntry(
                        account(listed),
                        listed.extension().id(),
                        listed.name(),
                        listed.type(),
                        listed.site(),
                        listed.department(),
                        null))
                .toList();
    }

    /** Gives a simulated platform the same. */
    static void fill(PlatformDirectory directory, Traffic traffic) {
        traffic.extensions().stream()
                .collect(Collectors.groupingBy(SimulatedDirectory::account))
                .forEach((account, listed) -> directory.fill(
                        account,
                        listed.stream().map(SimulatedDirectory::contact).toList()));
    }

    private static PlatformContact contact(Listed listed) {
        return new PlatformContact(
                listed.extension().id(),
                TYPES.getOrDefault(listed.type(), listed.type()),
                listed.extension().number(),
                listed.name(),
                listed.site(),
                listed.department());
    }

    private static String account(Listed listed) {
        return listed.extension().account().id();
    }
}
