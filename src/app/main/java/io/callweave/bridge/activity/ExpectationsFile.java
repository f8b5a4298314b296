package io.callweave.bridge.activity;

import io.callweave.files.PrivateFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learned of each account, over restarts: a line each, with 168 numbers. Without it the bridge learns again, so a
 * file that cannot be used stops nothing.
 */
public final class ExpectationsFile {

    private static final Logger LOG = LoggerFactory.getLogger(ExpectationsFile.class);

    private final Path file;

    public ExpectationsFile(Path file) {
        this.file = file;
    }

    /** By account. */
    Map<String, WeeklyExpectation> read() {
        Map<String, WeeklyExpectation> read = new HashMap<>();
        if (!Files.exists(file)) {
            return read;
        }
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
            for (String account : lines.stringPropertyNames()) {
                double[] perHour = Arrays.stream(lines.getProperty(account, "").split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                if (perHour.length == WeeklyExpectation.HOURS) {
                    read.put(account, new WeeklyExpectation(perHour));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            warn("read", e);
        }
        return read;
    }

    void write(Map<String, double[]> learned) {
        Properties lines = new Properties();
        learned.forEach((account, perHour) -> lines.setProperty(
                account, Arrays.stream(perHour).mapToObj(Double::toString).collect(Collectors.joining(","))));
        try {
            StringWriter text = new StringWriter();
            lines.store(text, "Notifications per hour of the week, from Monday 00:00 UTC");
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                PrivateFiles.folder(parent);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(PrivateFiles.file(fresh), text.toString());
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            warn("written", e);
        }
    }

    private void warn(String done, Exception e) {
        LOG.atWarn()
                .setMessage("The file of what is usual for each account cannot be " + done + ".")
                .addKeyValue("file", file)
                .addKeyValue("failure", e.getClass().getSimpleName())
                .log();
    }
}
