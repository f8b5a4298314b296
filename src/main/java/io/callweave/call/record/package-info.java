/** The final record of a call, with its parties, queues and figures. */
@NullMarked
package io.callweave.call.record;

import org.jspecify.annotations.NullMarked;
