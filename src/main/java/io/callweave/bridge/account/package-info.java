/** The accounts whose notifications are taken: their paths, tokens, limits and privacy. */
@NullMarked
package io.callweave.bridge.account;

import org.jspecify.annotations.NullMarked;
