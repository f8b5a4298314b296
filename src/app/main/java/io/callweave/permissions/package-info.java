/** What each role needs on Kafka, and what it has. */
@NullMarked
package io.callweave.permissions;

import org.jspecify.annotations.NullMarked;
