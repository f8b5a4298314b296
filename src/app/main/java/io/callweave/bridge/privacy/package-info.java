/** Masks or hashes phone numbers and names. */
@NullMarked
package io.callweave.bridge.privacy;

import org.jspecify.annotations.NullMarked;
