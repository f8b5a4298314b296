/** Names of extensions, read from RingCentral into the directory. */
@NullMarked
package io.callweave.bridge.directory;

import org.jspecify.annotations.NullMarked;
