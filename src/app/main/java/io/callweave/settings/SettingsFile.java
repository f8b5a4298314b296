package io.callweave.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Settings from a file in Java's properties format, in UTF-8, as Kafka's own tools read them. */
final class SettingsFile {

    private SettingsFile() {}

    /** @param namedBy what named the file, as part of a sentence */
    static List<Given> read(Path file, String namedBy) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException missing) {
            throw new SettingsException("The settings file " + file + " (" + namedBy + ") does not exist.", missing);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingsException(
                    "The settings file " + file + " (" + namedBy + ") cannot be read as properties in UTF-8.",
                    unreadable);
        }
        return properties.stringPropertyNames().stream()
                .sorted()
                .map(name -> new Given(name, properties.getProperty(name, ""), Source.FILE, "from the file " + file))
                .toList();
    }
}
