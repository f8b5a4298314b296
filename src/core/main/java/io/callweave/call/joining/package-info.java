/** Which sessions are one call, and their links. */
@NullMarked
package io.callweave.call.joining;

import org.jspecify.annotations.NullMarked;
