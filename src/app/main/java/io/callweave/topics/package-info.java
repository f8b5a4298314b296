/** The topics: names, headers, policies, and differences on a cluster. */
@NullMarked
package io.callweave.topics;

import org.jspecify.annotations.NullMarked;
