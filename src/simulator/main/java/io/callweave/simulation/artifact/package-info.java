/** What the platform makes of calls that are over: recordings, voicemail, AI insights. */
@NullMarked
package io.callweave.simulation.artifact;

import org.jspecify.annotations.NullMarked;
