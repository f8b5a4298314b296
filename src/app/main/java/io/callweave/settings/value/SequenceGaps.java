package io.callweave.settings.value;

/** What a missing sequence means: a lost event, or one that the subscription may not see. */
public enum SequenceGaps {
    COUNT,
    IGNORE
}
