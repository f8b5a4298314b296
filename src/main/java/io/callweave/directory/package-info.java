/**
 * Who the extensions of an account are: names, kinds, sites and departments. An optional input, which no call record depends
 * on. No clock and no Kafka.
 */
@NullMarked
package io.callweave.directory;

import org.jspecify.annotations.NullMarked;
