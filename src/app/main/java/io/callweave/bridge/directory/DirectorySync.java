package io.callweave.bridge.directory;

import io.callweave.bridge.account.Privacy;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.ringcentral.CompanyDirectory;
import io.callweave.ringcentral.Pause;
import io.callweave.topics.DirectoryTopic;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes the directory of one account as RingCentral lists it. What was loaded from a file stays as it is. */
public final class DirectorySync {

    private final DirectoryTopic topic;
    private final Pause pause;

    public DirectorySync(DirectoryTopic topic) {
        this(topic, Pause.REAL);
    }

    DirectorySync(DirectoryTopic topic, Pause pause) {
        this.topic = topic;
        this.pause = pause;
    }

    /**
     * What it found.
     *
     * @param loaded how many of the listed extensions have an entry that was loaded
     * @param changes what is written
     */
    public record Result(CompanyDirectory.Listing listing, int loaded, DirectoryChanges changes) {}

    /**
     * Reads RingCentral, and compares; nothing is written.
     *
     * @param privacy of the account: unless it is none, only names of queues and menus are kept
     * @param progress hears how many extensions were read
     * @throws RuntimeException if RingCentral or Kafka refuse it; one sentence
     */
    public Result compare(CompanyDirectory directory, Privacy privacy, Consumer<Integer> progress)
            throws InterruptedException {
        topic.need(); // without it there is nothing to ask RingCentral for
        CompanyDirectory.Listing listing = directory.read(pause, progress);
        DirectoryTopic.Content before = topic.read();
        List<DirectoryEntry> listed =
                listing.entries().stream().map(entry -> shown(entry, privacy)).toList();
        Set<String> loaded = before.loaded().keySet();
        int kept = (int) listed.stream()
                .map(DirectoryEntry::key)
                .filter(loaded::contains)
                .count();
        return new Result(listing, kept, before.to(listed, listing.whole(), listing.queuesRefused() == null));
    }

    private static DirectoryEntry shown(DirectoryEntry entry, Privacy privacy) {
        return privacy == Privacy.NONE || !entry.canBeAPerson()
                ? entry
                : new DirectoryEntry(
                        entry.accountId(),
                        entry.extensionId(),
                        null,
                        entry.type(),
                        entry.site(),
                        entry.department(),
                        entry.timeZone());
    }
}
