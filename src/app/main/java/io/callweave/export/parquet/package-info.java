/** Values as Parquet. */
@NullMarked
package io.callweave.export.parquet;

import org.jspecify.annotations.NullMarked;
