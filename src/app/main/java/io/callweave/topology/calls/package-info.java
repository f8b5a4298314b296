/** Which calls there are after each change, and what is emitted. */
@NullMarked
package io.callweave.topology.calls;

import org.jspecify.annotations.NullMarked;
