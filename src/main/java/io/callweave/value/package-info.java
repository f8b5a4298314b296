/** What a value consists of: each field described once, and written as JSON by that description. */
@NullMarked
package io.callweave.value;

import org.jspecify.annotations.NullMarked;
