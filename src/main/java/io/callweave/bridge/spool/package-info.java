/** Safekeeping: a record goes to Kafka, or into a bounded queue on disk. */
@NullMarked
package io.callweave.bridge.spool;

import org.jspecify.annotations.NullMarked;
