/**
 * The baseline: the DSL of Kafka Streams. It does far less than Callweave: no ordering of events, no joining of
 * sessions, no timers, no revisions, and its state grows as long as it runs.
 */
@NullMarked
package io.callweave.bench.dsl;

import org.jspecify.annotations.NullMarked;
