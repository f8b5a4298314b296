/** What is wrong with the subscriptions of an account, in sentences, and what to do about it. */
@NullMarked
package io.callweave.ringcentral.doctor;

import org.jspecify.annotations.NullMarked;
