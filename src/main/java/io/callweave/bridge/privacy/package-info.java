/** Masks or hashes phone numbers and names in notifications. */
@NullMarked
package io.callweave.bridge.privacy;

import org.jspecify.annotations.NullMarked;
