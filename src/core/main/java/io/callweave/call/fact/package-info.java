/** What becomes known of a call beside its party events: recordings, voicemail, AI insights. */
@NullMarked
package io.callweave.call.fact;

import org.jspecify.annotations.NullMarked;
