/** What the router and the stage emit, and what goes between them. */
@NullMarked
package io.callweave.topology.message;

import org.jspecify.annotations.NullMarked;
