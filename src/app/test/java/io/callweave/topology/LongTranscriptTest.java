package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.settings.InsightsDetail;
import io.callweave.topology.message.StageOutput;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transcript of an hour is on {@code notifications} and {@code artifacts}, or nowhere. */
class LongTranscriptTest {

    private static final String SPOKEN =
            "{\"start\":1.5,\"end\":2.5,\"text\":\"word for word\",\"speakerId\":\"p-a-1\"}";
    private static final String BODY = "{\"sourceSessionId\":\"s-a\",\"sourceRecordId\":\"77\","
            + "\"lastModifiedTime\":\"2026-03-02T10:00:00Z\",\"insights\":{\"Transcript\":["
            + (SPOKEN + ",").repeat(900_000 / SPOKEN.length()) + SPOKEN + "],\"Summary\":\"Short\"}}";
    private static final String INSIGHTS =
            "{\"event\":\"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights\",\"body\":" + BODY + "}";
    private static final String CALL = """
            {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"s-a",
            "eventTime":"2026-03-02T09:0%d:00Z","parties":[{"accountId":"1","id":"p-a-1","direction":"Outbound",
            "extensionId":"101","status":{"code":"%s"}}]}}""";

    private final MemorySink written = new MemorySink();
    private final RestartedStage stage = new RestartedStage();

    @Test
    void shouldBeWrittenNowhere() {
        List<StageOutput> out = outputs(InsightsDetail.SUMMARY);

        assertThat(written.all())
                .allSatisfy(record -> assertThat(text(record.value())).doesNotContain("word for word"));
        assertThat(artifact(out) + String.join("", calls(out))).doesNotContain("word for word");
        assertThat(calls(out)).last().asString().contains("\"summary\":\"Short\"");
    }

    @Test
    void shouldBeWholeOnTwoTopicsAndInNoRecord() {
        List<StageOutput> out = outputs(InsightsDetail.FULL);

        assertThat(written.all())
                .last()
                .satisfies(record -> assertThat(text(record.value())).isEqualTo(INSIGHTS));
        assertThat(artifact(out)).isEqualTo(BODY);
        assertThat(calls(out)).allSatisfy(call -> assertThat(call).doesNotContain("word for word"));
        assertThat(stage.sessionValues()).allSatisfy(state -> assertThat(state).hasSizeLessThan(4_096));
        assertThat(calls(out)).last().asString().contains("\"summary\":\"Short\"");
    }

    /** What comes out of a call and its insights. */
    private List<StageOutput> outputs(InsightsDetail detail) {
        Intake intake = new Intake(
                IntakeRules.of("", 1 << 20).withInsights(detail), written, IntakeListener.NONE, InstantSource.system());
        for (String sent : List.of(CALL.formatted(2, 0, "Answered"), CALL.formatted(3, 1, "Disconnected"), INSIGHTS)) {
            assertThat(intake.accept(Owner.ANYBODY, sent.getBytes(UTF_8), new Receipt("webhook", 1, "test")))
                    .isCompletedWithValue(IntakeOutcome.PUBLISHED);
        }
        written.all().forEach(record -> {
            stage.receive(record.value());
            stage.pass(10_000);
        });
        return stage.taken();
    }

    private static String artifact(List<StageOutput> out) {
        return text(RestartedStage.only(StageOutput.ArtifactUpdate.class, out)
                .get(0)
                .json());
    }

    private static List<String> calls(List<StageOutput> out) {
        return RestartedStage.only(StageOutput.CallEmission.class, out).stream()
                .map(RestartedStage::json)
                .toList();
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }
}
