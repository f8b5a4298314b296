/** Safekeeping: a record goes to Kafka, or where Kafka does not answer in time, into a bounded queue on disk. */
@NullMarked
package io.callweave.bridge.spool;

import org.jspecify.annotations.NullMarked;
