/** What finished calls add to the figures of windows of time. Pure Java: no clock, no Kafka, no JSON. */
@NullMarked
package io.callweave.metrics;

import org.jspecify.annotations.NullMarked;
