/** Compares a table of calls that a user keeps with the topic of calls. */
@NullMarked
package io.callweave.verify;

import org.jspecify.annotations.NullMarked;
