/** Access tokens, and the accounts of each. */
@NullMarked
package io.callweave.access;

import org.jspecify.annotations.NullMarked;
