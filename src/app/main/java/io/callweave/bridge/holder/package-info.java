/** Which bridge of several connects an account, and how far its feed is known to be whole. */
@NullMarked
package io.callweave.bridge.holder;

import org.jspecify.annotations.NullMarked;
