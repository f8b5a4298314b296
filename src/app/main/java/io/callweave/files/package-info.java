/** Who uses a file, and why one cannot be used. */
@NullMarked
package io.callweave.files;

import org.jspecify.annotations.NullMarked;
