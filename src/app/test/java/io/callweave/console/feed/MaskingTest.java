package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.directory.DirectoryEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldHideNumbersAndNamesOfARecord() throws IOException {
        byte[] record = Files.readAllBytes(Path.of("docs/examples/call.json"));

        String masked = new String(Masking.ON.json(record), StandardCharsets.UTF_8);

        assertThat(masked)
                .contains("\"+XXXXXXXXX02\"", "\"callId\": \"s-718107795d564867a6f635fd81e89940\"")
                .doesNotContain("5550100002", "Caller 1", "Agent 1");
        assertThat(Masking.OFF.json(record)).isSameAs(record);
    }

    @Test
    void shouldLeaveWhatNamesNobody() throws IOException {
        JsonNode record = JSON.readTree(Files.readAllBytes(Path.of("docs/examples/call.json")));

        JsonNode masked = JSON.readTree(Masking.ON.json(JSON.writeValueAsBytes(record)));

        Set<String> changed = new TreeSet<>();
        changed(record, masked, "", changed);
        assertThat(changed).containsExactlyInAnyOrder("phoneNumber", "name", "callerName");
    }

    private static void changed(JsonNode before, JsonNode after, String member, Set<String> changed) {
        if (!before.isContainerNode()) {
            if (!before.equals(after)) {
                changed.add(member);
            }
            return;
        }
        assertThat(after).as(member).hasSameSizeAs(before);
        before.properties()
                .forEach(each -> changed(each.getValue(), after.path(each.getKey()), each.getKey(), changed));
        for (int i = 0; before.isArray() && i < before.size(); i++) {
            changed(before.get(i), after.get(i), member, changed);
        }
    }

    @Test
    void shouldHideEverythingThatArtifactsSay() throws IOException {
        String record = """
                {"artifacts":[{"kind":"insights","id":"77","telephonySessionId":"s-1","partyId":"p-1","extensionId":"101",
                "recordingId":"77","summary":"Ann asked Ben","notes":"Ann: 555 010 0002","nextSteps":["Write to Ann"],
                "sentiment":"Positive","score":"4.5","readyAt":"2026-03-02T09:00:00.000Z"},
                {"kind":"recording","id":"78","contentType":"audio/mpeg","durationMs":123456,
                "contentUri":"https://media.ringcentral.com/restapi/v1.0/account/1/recording/78/content"},
                {"kind":"recording","id":"79","contentUri":"https://media.ringcentral.com/restapi/v1.0/account/1/recording/79/content?by=Ann"},
                {"kind":"voicemail","id":"80","contentUri":"call Ann"}]}""";
        String notification = """
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"title":"Ann and Ben",
                "sourceSessionId":"s-1","speakerInfo":[{"speakerId":"p-1","name":"Ann"}],"insights":{
                "Transcript":[{"start":1.5,"text":"I am Ann","speakerId":"Ann"}],"Summary":"Ann asked Ben",
                "NextSteps":[{"value":"Write to Ann"}],"CallNotes":[{"value":"Ann: 5550100002"}]}}}""";

        JsonNode masked = JSON.readTree(Masking.ON.json(record.getBytes(StandardCharsets.UTF_8)));
        String heard =
                new String(Masking.ON.json(notification.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        assertThat(masked.toString()).doesNotContain("Ann", "Ben", "555", "Write");
        assertThat(heard).doesNotContain("\"Ann", "Ann ", " Ann", "Ben", "555").contains("\"s-1\"");
        assertThat(masked.at("/artifacts/0/sentiment").asText()).isEqualTo("Positive");
        assertThat(masked.at("/artifacts/1")).isEqualTo(JSON.readTree(record).at("/artifacts/1"));
    }

    @Test
    void shouldHideTextsWhereWordsShouldBe() throws IOException {
        String record = "{\"status\":\"live\",\"displayName\":\"Ann\",\"parties\":[{\"endReason\":\"Ann said no\","
                + "\"fromUri\":\"sip:ann@example.com\",\"fromNumber\":5550100002,\"partyId\":\"p-1\"}]}";

        assertThat(new String(Masking.ON.json(record.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .contains("\"live\"", "\"p-1\"")
                .doesNotContain("Ann", "ann", "5550100002");
    }

    @Test
    void shouldKeepEqualNamesEqual() {
        assertThat(Masking.masked("Ann Lee"))
                .isEqualTo(Masking.masked("Ann Lee"))
                .isNotEqualTo(Masking.masked("Ben"))
                .doesNotContain("Ann");
        assertThat(Masking.masked("\uD835\uDC00nn 1")).as("letters of 32 bits").startsWith("Name ");
        assertThat(Masking.masked("\u24D0\u24DD\u24DD 1"))
                .as("letters in circles")
                .startsWith("Name ");
        assertThat(Masking.masked("(+1) 650-555-0100*12")).isEqualTo("(+X) XXX-XXX-XXXX*12");
    }

    @Test
    void shouldHideThePeopleOfTheDirectoryButNotItsQueues() {
        DirectoryEntry queue = new DirectoryEntry("1", "50", "Sales", DirectoryEntry.QUEUE, null, null, null);
        DirectoryEntry dana = new DirectoryEntry("1", "104", "Dana", DirectoryEntry.USER, null, null, null);
        DirectoryEntry ben = new DirectoryEntry("1", "105", "Ben", "digitalUser", null, null, null);

        assertThat(Masking.ON.entry(queue)).isEqualTo(queue);
        assertThat(Masking.ON.entry(dana).name()).startsWith("Name ");
        assertThat(Masking.ON.entry(ben).name()).startsWith("Name ");
        assertThat(Masking.OFF.entry(dana)).isEqualTo(dana);
    }
}
