/** What the values and headers of the topics look like: JSON Schemas, and the columns that Kafka Connect is told. */
@NullMarked
package io.callweave.schema;

import org.jspecify.annotations.NullMarked;
