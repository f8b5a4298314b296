/** What commands share: options, messages, signals and exit statuses. */
@NullMarked
package io.callweave.cli.common;

import org.jspecify.annotations.NullMarked;
