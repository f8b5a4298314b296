/** The topics: names, headers, policies, and how they differ from those on the cluster. */
@NullMarked
package io.callweave.topics;

import org.jspecify.annotations.NullMarked;
