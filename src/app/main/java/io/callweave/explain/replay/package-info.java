/** The stage in this thread, without Kafka. */
@NullMarked
package io.callweave.explain.replay;

import org.jspecify.annotations.NullMarked;
