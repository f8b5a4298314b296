/**
 * The extensions of an account: names, types, sites and departments. The directory is optional, and no call record
 * depends on it. No clock and no Kafka.
 */
@NullMarked
package io.callweave.directory;

import org.jspecify.annotations.NullMarked;
