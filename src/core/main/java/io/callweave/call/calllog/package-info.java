/** A call in the words of RingCentral's Call Log. */
@NullMarked
package io.callweave.call.calllog;

import org.jspecify.annotations.NullMarked;
