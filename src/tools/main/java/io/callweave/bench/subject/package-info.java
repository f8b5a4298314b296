/** What is compared: how a subject is run, in this process or in one of its own, and how its output is read. */
@NullMarked
package io.callweave.bench.subject;

import org.jspecify.annotations.NullMarked;
