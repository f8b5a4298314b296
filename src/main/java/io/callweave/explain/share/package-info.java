/** One call as a file for a bug report, without names, numbers and ids. */
@NullMarked
package io.callweave.explain.share;

import org.jspecify.annotations.NullMarked;
