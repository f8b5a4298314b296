package io.callweave.simulation.artifact;

/**
 * The truth about a recording, a message or a set of insights that the platform tells of.
 *
 * @param kind {@code recording}, {@code voicemail} or {@code insights}
 * @param telephonySessionId of the call that it is of
 * @param partyId of the party that was recorded, or in whose mailbox it is
 */
public record LeftArtifact(String accountId, String kind, String id, String telephonySessionId, String partyId) {}
