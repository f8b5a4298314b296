/** JSON Schemas of values and headers, and columns for Kafka Connect. */
@NullMarked
package io.callweave.schema;

import org.jspecify.annotations.NullMarked;
