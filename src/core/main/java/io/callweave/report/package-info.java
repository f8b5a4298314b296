/** The figures of finished calls as tables: what a report shows. Pure functions: no clock, no Kafka, no JSON. */
@NullMarked
package io.callweave.report;

import org.jspecify.annotations.NullMarked;
