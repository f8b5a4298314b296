/** Which sessions are one call, and which parties link them. */
@NullMarked
package io.callweave.call.joining;

import org.jspecify.annotations.NullMarked;
