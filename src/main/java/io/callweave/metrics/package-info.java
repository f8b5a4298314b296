/** What finished calls add to the figures of time windows. Pure functions: no clock, no Kafka, no JSON. */
@NullMarked
package io.callweave.metrics;

import org.jspecify.annotations.NullMarked;
