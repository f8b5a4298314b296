/** Which texts of notifications and records can name somebody, and what is written instead. */
@NullMarked
package io.callweave.privacy;

import org.jspecify.annotations.NullMarked;
