/** What the brokers have confirmed: the records that were read, and the dead letters that were written. */
@NullMarked
package io.callweave.deliver.receipt;

import org.jspecify.annotations.NullMarked;
