/** Call records as JSON. */
@NullMarked
package io.callweave.record;

import org.jspecify.annotations.NullMarked;
