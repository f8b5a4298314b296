package io.callweave.topology;

/** What stage 1 gives out: a message over the hop, or bytes that cannot be used. */
sealed interface Stage1Output permits HopMessage, DeadLetter {}
