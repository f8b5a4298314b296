/** What each role needs on Kafka, as a list, as ACLs, and compared with what it has. */
@NullMarked
package io.callweave.permissions;

import org.jspecify.annotations.NullMarked;
