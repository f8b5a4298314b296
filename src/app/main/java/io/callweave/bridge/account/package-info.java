/** The accounts of the bridge: paths, tokens, limits and privacy. */
@NullMarked
package io.callweave.bridge.account;

import org.jspecify.annotations.NullMarked;
