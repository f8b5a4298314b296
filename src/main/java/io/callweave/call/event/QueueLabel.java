package io.callweave.call.event;

import org.jspecify.annotations.Nullable;

/**
 * What a phone shows of a call out of a queue: a party's {@code uiCallInfo}, if it names a queue. In real notifications, {@code
 * from.name} is then the queue's name, " - ", and the caller's name or number.
 *
 * @param queueName the value of the type QueueName
 * @param callerName the value of the type CallerIdName, null if there is none
 */
public record QueueLabel(String queueName, @Nullable String callerName) {

    private static final String SEPARATOR = " - ";

    /** What follows the queue's name in a name that begins with it; null in other names. */
    public @Nullable String callerIn(String name) {
        String prefix = queueName + SEPARATOR;
        return name.startsWith(prefix) ? name.substring(prefix.length()) : null;
    }
}
