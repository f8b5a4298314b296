/** {@code bench competitors}: what a user could pick instead of Callweave, on the same input. */
@NullMarked
package io.callweave.bench.competitors;

import org.jspecify.annotations.NullMarked;
