/** One instance of the deliverer on a cluster. */
@NullMarked
package io.callweave.deliver.app;

import org.jspecify.annotations.NullMarked;
