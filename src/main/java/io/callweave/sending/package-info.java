/**
 * Where notifications go that Callweave itself sends, made up or recorded, and how fast: lines, a bridge, a topic. Nothing
 * is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.sending;

import org.jspecify.annotations.NullMarked;
