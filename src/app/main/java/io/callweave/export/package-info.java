/** Calls, party rows, windows and party events out of topics or files, in bounded memory. */
@NullMarked
package io.callweave.export;

import org.jspecify.annotations.NullMarked;
