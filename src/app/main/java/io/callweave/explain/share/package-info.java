/** One call as a file for a bug report, without personal data. */
@NullMarked
package io.callweave.explain.share;

import org.jspecify.annotations.NullMarked;
