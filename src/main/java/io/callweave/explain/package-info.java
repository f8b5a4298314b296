/** Why a call came out as it did, in words: the files replayed, one call looked at, and the page about it. */
@NullMarked
package io.callweave.explain;

import org.jspecify.annotations.NullMarked;
