package io.callweave.topology;

/** A value for {@code party-events}. */
record OrderedEvent(byte[] json) implements Stage1Output {}
