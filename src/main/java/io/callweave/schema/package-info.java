/** JSON Schemas of values and headers, and the columns that Kafka Connect gets. */
@NullMarked
package io.callweave.schema;

import org.jspecify.annotations.NullMarked;
