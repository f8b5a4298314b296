/** What the router and the stage emit. */
@NullMarked
package io.callweave.topology.message;

import org.jspecify.annotations.NullMarked;
