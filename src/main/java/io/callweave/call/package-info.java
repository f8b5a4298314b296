/**
 * What a call is: ordering, joining, completion and figures. Pure Java without Kafka, JSON or a clock; values in, values
 * out. Nothing is null unless it is marked {@code @Nullable}, and then null means "not sent" or "not known".
 */
@NullMarked
package io.callweave.call;

import org.jspecify.annotations.NullMarked;
