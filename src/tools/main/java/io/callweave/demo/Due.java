package io.callweave.demo;

import io.callweave.simulation.platform.Notification;
import java.time.Instant;

/**
 * A simulated notification.
 *
 * @param at when it goes out
 */
record Due(Instant at, Notification notification) {}
