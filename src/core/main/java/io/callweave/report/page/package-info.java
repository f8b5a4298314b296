/** A report as one page that needs no network, and as CSV files. */
@NullMarked
package io.callweave.report.page;

import org.jspecify.annotations.NullMarked;
