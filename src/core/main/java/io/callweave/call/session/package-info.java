/** One telephony session, folded from its events. */
@NullMarked
package io.callweave.call.session;

import org.jspecify.annotations.NullMarked;
