/** The company directory and the call queues of simulated accounts. */
@NullMarked
package io.callweave.platform.directory;

import org.jspecify.annotations.NullMarked;
