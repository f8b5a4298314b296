/** Times in which notifications of an account may be missing. */
@NullMarked
package io.callweave.feedgap;

import org.jspecify.annotations.NullMarked;
