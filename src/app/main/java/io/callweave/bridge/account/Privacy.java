package io.callweave.bridge.account;

/** What happens to phone numbers and names before they leave the bridge. */
public enum Privacy {
    /** They stay as they are. */
    NONE,
    /** They are made unreadable; several may become the same. */
    MASK,
    /** Each becomes a text of its own, the same each time, which only the holder of the key can make. */
    HASH
}
