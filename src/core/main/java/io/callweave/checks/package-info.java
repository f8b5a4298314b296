/** What configuration records check in their constructors. */
@NullMarked
package io.callweave.checks;

import org.jspecify.annotations.NullMarked;
