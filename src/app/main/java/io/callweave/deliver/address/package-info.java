/** Which network addresses may be posted to. */
@NullMarked
package io.callweave.deliver.address;

import org.jspecify.annotations.NullMarked;
