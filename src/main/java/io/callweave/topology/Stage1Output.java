package io.callweave.topology;

/** What stage 1 gives out: a message over the hop, a party event in its order, or bytes that cannot be used. */
sealed interface Stage1Output permits HopMessage, OrderedEvent, DeadLetter {}
