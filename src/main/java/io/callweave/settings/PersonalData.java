package io.callweave.settings;

/** What happens to phone numbers and names before they leave the bridge. */
public enum PersonalData {
    NONE,
    MASK,
    HASH
}
