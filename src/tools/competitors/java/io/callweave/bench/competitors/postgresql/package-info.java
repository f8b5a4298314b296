/** A consumer that writes to PostgreSQL. */
@NullMarked
package io.callweave.bench.competitors.postgresql;

import org.jspecify.annotations.NullMarked;
