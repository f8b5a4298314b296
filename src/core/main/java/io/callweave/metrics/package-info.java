/** What finished calls add to windows. Pure functions: no clock, no Kafka, no JSON. */
@NullMarked
package io.callweave.metrics;

import org.jspecify.annotations.NullMarked;
