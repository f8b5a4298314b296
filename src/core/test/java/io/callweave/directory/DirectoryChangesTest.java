package io.callweave.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class DirectoryChangesTest {

    private static final DirectoryEntry ANNA = entry("1", "104", "Anna");
    private static final DirectoryEntry BEN = entry("1", "105", "Ben");
    private static final DirectoryEntry CLEO = entry("1", "106", "Cleo");
    private static final DirectoryEntry STRANGER = entry("2", "104", "Somebody else");

    @Test
    void shouldListNewAndChangedEntries() {
        DirectoryEntry renamed = entry("1", "104", "Anna B.");

        DirectoryChanges changes =
                DirectoryChanges.between(known(ANNA, BEN), Set.of(), List.of(renamed, BEN, CLEO), false);

        assertThat(changes.added()).containsExactly(CLEO);
        assertThat(changes.changed()).containsExactly(new DirectoryChanges.Change(ANNA, renamed));
        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.deleted()).isEmpty();
        assertThat(changes.isEmpty()).isFalse();
    }

    @Test
    void shouldChangeNothingTheSecondTime() {
        assertThat(DirectoryChanges.between(known(ANNA, BEN), Set.of(), List.of(BEN, ANNA), true)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void shouldDeleteOnlyEntriesOfTheFilesAccounts() {
        DirectoryChanges changes =
                DirectoryChanges.between(known(ANNA, BEN, STRANGER), Set.of("1/999", "2/999"), List.of(ANNA), true);

        assertThat(changes.deleted()).containsExactlyInAnyOrder("1/105", "1/999");
        assertThat(DirectoryChanges.between(known(ANNA, STRANGER), Set.of(), List.of(), true)
                        .isEmpty())
                .isTrue();
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // looking through all of them for each takes minutes
    void shouldDeleteVeryManyEntriesWithTheSameHashCode() {
        Set<String> keys = IntStream.range(1 << 17, 1 << 18)
                .mapToObj(
                        i -> "1/" + Integer.toBinaryString(i).replace("0", "Aa").replace("1", "BB"))
                .collect(Collectors.toSet());

        assertThat(DirectoryChanges.deletion(keys).deleted()).isEqualTo(keys);
    }

    @Test
    void shouldReplaceEntriesThatCannotBeRead() {
        DirectoryChanges changes = DirectoryChanges.between(Map.of(), Set.of(ANNA.key()), List.of(ANNA), true);

        assertThat(changes.changed()).containsExactly(new DirectoryChanges.Change(null, ANNA));
        assertThat(changes.added()).isEmpty();
        assertThat(changes.deleted()).isEmpty();
    }

    @Test
    void shouldListTheChangedFieldsOfAnEntry() {
        DirectoryEntry before = new DirectoryEntry("1", "104", "Anna", "user", "Bonn\u001b[2J", "Sales", null);
        DirectoryEntry now = new DirectoryEntry("1", "104", "Anna B.", "user", "Bonn", null, "CET");

        assertThat(DirectoryChanges.between(
                                known(before, STRANGER, entry("2", "105", "x")),
                                Set.of(BEN.key()),
                                List.of(now, BEN, CLEO, STRANGER),
                                true)
                        .inWords())
                .containsExactly(
                        "new 1/106",
                        "changed 1/104  name: \"Anna\" → \"Anna B.\"; site: \"Bonn\u241b[2J\" → \"Bonn\"; department: \"Sales\" →"
                                + " none; timeZone: none → \"CET\"",
                        "changed 1/105  what is there cannot be read",
                        "deleted 2/105");
    }

    @Test
    void shouldDeleteTheNamedEntries() {
        DirectoryChanges changes = DirectoryChanges.deletion(Set.of("1/105", "1/104"));

        assertThat(changes.inWords()).containsExactly("deleted 1/104", "deleted 1/105");
        assertThat(changes.entries()).isEmpty();
        assertThat(changes.isEmpty()).isFalse();
        assertThat(DirectoryChanges.deletion(Set.of()).isEmpty()).isTrue();
    }

    private static Map<String, DirectoryEntry> known(DirectoryEntry... entries) {
        return Stream.of(entries).collect(Collectors.toMap(DirectoryEntry::key, Function.identity()));
    }

    private static DirectoryEntry entry(String account, String extension, String name) {
        return new DirectoryEntry(account, extension, name, "user", null, null, null);
    }
}
