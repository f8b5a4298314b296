/** The whole product in one process: broker, topology, bridge, and beside them console and webhooks. */
@NullMarked
package io.callweave.cli.whole;

import org.jspecify.annotations.NullMarked;
