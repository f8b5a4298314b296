package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.record.Artifact;
import io.callweave.value.ValueType;

/** A recording, a voicemail message or a set of AI insights of a call. */
final class ArtifactFields {

    static final ValueType<Artifact> ARTIFACT = ValueType.<Artifact>named(
                    "artifact",
                    says("A recording, a voicemail message or a set of AI insights.")
                            .see("records.md#artifacts"))
            .text(
                    "kind",
                    artifact -> artifact.kind().wireName(),
                    says("What it is.").known("insights", "recording", "voicemail"))
            .text("id", Artifact::id, says("RingCentral's id of the recording or message; of insights, `recordingId`."))
            .text("telephonySessionId", Artifact::telephonySessionId, says("The session that it belongs to."))
            .textOrNull(
                    "partyId", Artifact::partyId, says("The party that was recorded, or whose mailbox was reached."))
            .textOrNull("extensionId", Artifact::extensionId, says("The extension that it belongs to."))
            .textOrNull("contentUri", Artifact::contentUri, says("Where RingCentral has it. Null for insights."))
            .textOrNull(
                    "contentType",
                    Artifact::contentType,
                    says("Its media type.").known("audio/mpeg", "audio/wav", "audio/x-wav"))
            .millisOrNull("durationMs", Artifact::durationMs, says("Its length."))
            .timeOrNull(
                    "createdAt",
                    Artifact::createdAt,
                    says("`creationTime`; of a recording, the `eventTime` of the first event that names it."))
            .timeOrNull(
                    "readyAt",
                    Artifact::readyAt,
                    says("Since when it can be fetched, by RingCentral's answer; null until then. Of others, "
                            + "`lastModifiedTime`."))
            .textOrNull(
                    "recordingId",
                    artifact -> artifact.insights().recordingId(),
                    says("The recording that the insights are about."))
            .textOrNull(
                    "summary",
                    artifact -> artifact.insights().summary(),
                    says("`Summary`, else `BulletedSummary`; at most 2,000 characters."))
            .textOrNull(
                    "notes", artifact -> artifact.insights().notes(), says("`CallNotes`; at most 2,000 characters."))
            .texts(
                    "nextSteps",
                    artifact -> artifact.insights().nextSteps(),
                    step -> step,
                    says("`NextSteps`; at most 2,000 characters together."))
            .textOrNull(
                    "sentiment",
                    artifact -> artifact.insights().sentiment(),
                    says("`Sentiment`.").known("Positive", "Negative", "Neutral"))
            .textOrNull("score", artifact -> artifact.insights().score(), says("`AIScore`, as sent."))
            .end();

    private ArtifactFields() {}
}
