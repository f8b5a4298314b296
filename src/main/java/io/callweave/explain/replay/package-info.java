/** The stage in this thread, without Kafka, to find out why something was emitted. */
@NullMarked
package io.callweave.explain.replay;

import org.jspecify.annotations.NullMarked;
