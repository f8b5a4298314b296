/** Calls as REST shows them: the status of a session, call control, the call log, and active calls. */
@NullMarked
package io.callweave.platform.telephony;

import org.jspecify.annotations.NullMarked;
