package io.callweave.cli.whole;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings for a command that brings a broker of its own: those of another broker, as the environment can hold them, must not
 * get in, nor the accounts and the folders of another installation.
 */
final class OwnBrokerSettings {

    private static final List<String> KEPT = List.of(
            "artifacts.",
            "backfill.",
            "completion.",
            "ordering.",
            "limits.",
            "metrics.",
            "notifications.",
            "topics.",
            "http.",
            "deliver.",
            "console.",
            "audit.",
            "privacy.");

    private static final Set<String> KEPT_NAMES = Stream.of(
                    KnownSettings.BRIDGE_HOST,
                    KnownSettings.BRIDGE_PORT,
                    KnownSettings.BRIDGE_PARTITION_BY,
                    KnownSettings.STATE_ROCKSDB_MEMORY)
            .map(Setting::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<Setting<?>> PORTS = List.of(KnownSettings.HTTP_PORT, KnownSettings.BRIDGE_PORT);

    private OwnBrokerSettings() {}

    /**
     * What the user set, as far as it can hold here, and on top what is the command's own. A port that nobody set is a free
     * one.
     */
    static Settings of(Settings given, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(given.texts());
        all.keySet().removeIf(name -> !isKept(name));
        PORTS.forEach(port -> all.putIfAbsent(port.name(), "0"));
        all.putAll(own);
        return Settings.load(all, Map.of(), Optional.empty());
    }

    /** The same, and more that is the command's own. */
    static Settings and(Settings these, Map<String, String> own) {
        Map<String, String> all = new HashMap<>(these.texts());
        all.putAll(own);
        return Settings.load(all, Map.of(), Optional.empty());
    }

    private static boolean isKept(String name) {
        return KEPT_NAMES.contains(name) || KEPT.stream().anyMatch(name::startsWith);
    }
}
