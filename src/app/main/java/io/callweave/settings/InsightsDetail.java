package io.callweave.settings;

/** How much the bridge keeps of a notification of AI insights. */
public enum InsightsDetail {
    /** Without what was said word for word. */
    SUMMARY,
    FULL,
    OFF
}
