package io.callweave.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.ParseResult;
import io.callweave.record.CallRecordJson;
import io.callweave.settings.InsightsDetail;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of notifications, with recordings, voicemail and insights, become the calls that {@code assemble} makes of them. */
class FileCallsTest {

    @TempDir
    private Path folder;

    private final KeptNotifications reader = new KeptNotifications(NotificationLimits.DEFAULT, InsightsDetail.SUMMARY);

    @Test
    void shouldMakeTheCallsOfTheCore() throws Exception {
        List<String> lines = lines();
        Path file = Files.write(folder.resolve("calls.ndjson"), lines);
        List<String> found = new ArrayList<>();

        try (FileCalls calls = new FileCalls(false);
                FileNotifications notifications =
                        new FileNotifications(List.of(file.toString()), InputStream.nullInputStream())) {
            calls.read(notifications, reader, new Tally(), (what, done, total) -> {});
            calls.<RuntimeException>each(ExportPeriod.ALL, CallRules.DEFAULT, call -> found.add(json(call)));
        }

        assertThat(found).containsExactlyElementsOf(assembled(lines));
        assertThat(String.join("\n", found))
                .contains("\"kind\":\"voicemail\"", "\"summary\":\"Summary of", "\"readyAt\":\"2026");
    }

    private List<String> assembled(List<String> lines) {
        Assembly assembly = new Assembly();
        for (String line : lines) {
            ParseResult reading = reader.read(line.getBytes(UTF_8));
            reading.events().forEach(assembly::add);
            if (reading instanceof ParseResult.OfFact fact) {
                assembly.add(fact.notice());
            }
        }
        return assembly.records(CallRules.DEFAULT).stream()
                .map(FileCallsTest::json)
                .toList();
    }

    private static List<String> lines() {
        Traffic traffic = new Traffic(
                new CentreSize(3, 2, 20, Instant.parse("2026-03-02T09:00:00Z"), Duration.ofMinutes(40), true),
                DeliveryFaults.parse("shuffled=5s,duplicated=5%"),
                ArtifactMix.DEFAULT);
        List<String> lines = new ArrayList<>();
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                lines.add(item.notification().json());
            }
        }
        return lines;
    }

    private static String json(CallRecord call) {
        return new String(CallRecordJson.write(call, 1), UTF_8);
    }
}
