/** The directory of extensions, read from its topic. */
@NullMarked
package io.callweave.topology.directory;

import org.jspecify.annotations.NullMarked;
