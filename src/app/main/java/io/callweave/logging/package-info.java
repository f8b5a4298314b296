/** Keeps the log readable, and phone numbers out of it. */
@NullMarked
package io.callweave.logging;

import org.jspecify.annotations.NullMarked;
