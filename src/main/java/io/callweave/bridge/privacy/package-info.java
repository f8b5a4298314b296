/** Masking and keyed hashing of phone numbers and names, before a notification leaves the bridge. */
@NullMarked
package io.callweave.bridge.privacy;

import org.jspecify.annotations.NullMarked;
