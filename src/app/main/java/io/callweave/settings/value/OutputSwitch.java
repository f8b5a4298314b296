package io.callweave.settings.value;

/** Whether something is written or done. */
public enum OutputSwitch {
    ON,
    OFF
}
