package io.callweave.topology.message;

/** What the router emits: a message over the repartition topic, or bytes that cannot be routed. */
public sealed interface RouterOutput permits RepartitionMessage, DeadLetter {}
