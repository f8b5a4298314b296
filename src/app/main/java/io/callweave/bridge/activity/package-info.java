/** What the endpoint did: answers, metrics, and silent accounts. */
@NullMarked
package io.callweave.bridge.activity;

import org.jspecify.annotations.NullMarked;
