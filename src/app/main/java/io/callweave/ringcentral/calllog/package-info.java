/** RingCentral's Call Log of an account, read within its limits. */
@NullMarked
package io.callweave.ringcentral.calllog;

import org.jspecify.annotations.NullMarked;
