/** Gaps in the notifications of accounts, read from their topic, and which calls they touch. */
@NullMarked
package io.callweave.topology.feedgap;

import org.jspecify.annotations.NullMarked;
