/** Safekeeping: a record goes to Kafka, or to disk. */
@NullMarked
package io.callweave.bridge.spool;

import org.jspecify.annotations.NullMarked;
