package io.callweave.cli.files;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.Source;
import io.callweave.topology.calls.CallOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** What a shared call says of the product that it is from: the version, and the settings that records depend on. */
final class SharedHead {

    private static final List<String> DECIDING = List.of(
            "artifacts.", "completion.", "limits.", "notifications.max-", "notifications.retention", "ordering.");

    private SharedHead() {}

    static Map<String, Object> of(Settings settings, String accountId, CommandSpec spec) {
        SortedMap<String, String> given = given(settings);
        // It names accounts; what it says of this one is said for all.
        given.remove(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS.name());
        given.remove(KnownSettings.COMPLETION_SEQUENCE_GAPS.name());
        if (!CallOptions.of(settings).rules().gapsCount(accountId)) {
            given.put(KnownSettings.COMPLETION_SEQUENCE_GAPS.name(), "ignore");
        }
        StringBuilder command = new StringBuilder("callweave assemble FILE");
        given.forEach((name, value) ->
                command.append(" --set ").append(name).append('=').append(value));
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("version", String.join(" ", spec.root().version()));
        head.put("settings", given);
        head.put("command", command.toString());
        return head;
    }

    /** The settings that records depend on and that somebody set, to the default, too: another version can have another one. */
    static SortedMap<String, String> given(Settings settings) {
        SortedMap<String, String> given = new TreeMap<>();
        for (Settings.Effective one : settings.effective()) {
            if (one.source() != Source.DEFAULT && DECIDING.stream().anyMatch(one.name()::startsWith)) {
                given.put(one.name(), one.value().orElse(""));
            }
        }
        return given;
    }
}
