/** Call records as a table, as CSV, or as they are. */
@NullMarked
package io.callweave.listing;

import org.jspecify.annotations.NullMarked;
