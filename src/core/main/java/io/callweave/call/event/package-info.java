/** What one notification says of one party. */
@NullMarked
package io.callweave.call.event;

import org.jspecify.annotations.NullMarked;
