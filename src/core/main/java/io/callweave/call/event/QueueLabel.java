package io.callweave.call.event;

import org.jspecify.annotations.Nullable;

/**
 * What a phone shows of a call out of a queue: a party's {@code uiCallInfo}, if it names a queue. In real notifications, {@code
 * from.name} is then the queue's name, " - ", and the caller's name or number.
 *
 * @param queueName the value of the type QueueName
 * @param callerName the value of the type CallerIdName, null if there is none
 */
public record QueueLabel(String queueName, @Nullable String callerName) {}
