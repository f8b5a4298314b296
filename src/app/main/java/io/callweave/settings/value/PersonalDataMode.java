package io.callweave.settings.value;

/** What the bridge does with phone numbers and names before it passes them on. */
public enum PersonalDataMode {
    NONE,
    MASK,
    HASH
}
