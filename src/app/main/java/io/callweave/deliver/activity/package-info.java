/** What the deliverer did, as metrics and as a status page. */
@NullMarked
package io.callweave.deliver.activity;

import org.jspecify.annotations.NullMarked;
