/** A call in the words of RingCentral's Call Log: its result and its legs. */
@NullMarked
package io.callweave.call.calllog;

import org.jspecify.annotations.NullMarked;
