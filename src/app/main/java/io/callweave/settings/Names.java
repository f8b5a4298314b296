package io.callweave.settings;

import io.callweave.settings.value.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The known names, and a suggestion for an unknown one. */
final class Names {

    private Names() {}

    static void check(Given given) {
        String name = given.name();
        List<String> known = KnownSettings.all().stream().map(Setting::name).toList();
        if (known.contains(name)) {
            return;
        }
        PassThrough passThrough = PassThrough.of(name).orElseThrow(() -> unknown(name, given.from(), known));
        if (known.contains(passThrough.option(name))) {
            throw new SettingsException(
                    name + " (" + given.from() + ") must be given as " + passThrough.option(name) + ".");
        }
    }

    static SettingsException unknown(String name, String from, Collection<String> known) {
        String hint = Spelling.nearest(name, known)
                .or(() -> nearestPassThrough(name))
                .map(meant -> "did you mean " + meant + "?")
                .orElse("\"callweave config\" lists them, and Kafka's own options start with kafka. or streams.");
        return new SettingsException("There is no setting \"" + name + "\" (" + from + "); " + hint);
    }

    private static Optional<String> nearestPassThrough(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || dot == name.length() - 1) {
            return Optional.empty();
        }
        return Spelling.nearest(name.substring(0, dot), List.of("kafka", "streams"))
                .map(area -> area + name.substring(dot));
    }
}
