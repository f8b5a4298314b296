package io.callweave.cli.files;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.topology.calls.CallOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** What a shared call says of the product that it is from: the version, and the settings that records depend on. */
final class SharedHead {

    private static final List<String> DECIDING = List.of("completion.", "ordering.", "limits.", "notifications.max-");

    private SharedHead() {}

    static Map<String, Object> of(Settings settings, String accountId, CommandSpec spec) {
        SortedMap<String, String> changed = changed(settings);
        // It names accounts; what it says of this one is said for all.
        changed.remove(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS.name());
        changed.remove(KnownSettings.COMPLETION_SEQUENCE_GAPS.name());
        if (!CallOptions.of(settings).rules().gapsCount(accountId)) {
            changed.put(KnownSettings.COMPLETION_SEQUENCE_GAPS.name(), "ignore");
        }
        StringBuilder command = new StringBuilder("callweave assemble FILE");
        changed.forEach((name, value) ->
                command.append(" --set ").append(name).append('=').append(value));
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("version", String.join(" ", spec.root().version()));
        head.put("settings", changed);
        head.put("command", command.toString());
        return head;
    }

    /** The settings that records depend on and that are not the default. */
    static SortedMap<String, String> changed(Settings settings) {
        SortedMap<String, String> changed = new TreeMap<>();
        for (Settings.Effective one : settings.effective()) {
            String value = one.value().orElse("");
            if (DECIDING.stream().anyMatch(one.name()::startsWith) && !value.equals(byDefault(one.name()))) {
                changed.put(one.name(), value);
            }
        }
        return changed;
    }

    private static String byDefault(String name) {
        return KnownSettings.all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .flatMap(Setting::byDefault)
                .orElse("");
    }
}
