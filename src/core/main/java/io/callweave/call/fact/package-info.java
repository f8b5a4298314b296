/** What becomes known of a call beside its party events: recordings, voicemail, AI insights, the Call Log. */
@NullMarked
package io.callweave.call.fact;

import org.jspecify.annotations.NullMarked;
