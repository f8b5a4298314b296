package io.callweave.settings.value;

/** Whether a topic is written. */
public enum OutputSwitch {
    ON,
    OFF
}
