/** The extensions of an account. The directory is optional, and no call record depends on it. No clock and no Kafka. */
@NullMarked
package io.callweave.directory;

import org.jspecify.annotations.NullMarked;
