/** Runs one instance of the deliverer. */
@NullMarked
package io.callweave.deliver.app;

import org.jspecify.annotations.NullMarked;
