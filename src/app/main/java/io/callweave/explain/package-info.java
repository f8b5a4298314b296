/** Why a call has this record, in words. */
@NullMarked
package io.callweave.explain;

import org.jspecify.annotations.NullMarked;
