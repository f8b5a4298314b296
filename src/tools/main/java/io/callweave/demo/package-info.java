/** What the demonstration sends, and each call as a line. Nothing is null unless it is marked {@code @Nullable}. */
@NullMarked
package io.callweave.demo;

import org.jspecify.annotations.NullMarked;
