/** {@code bench competitors correctness}: how many calls each subject gets wrong. */
@NullMarked
package io.callweave.bench.competitors.correctness;

import org.jspecify.annotations.NullMarked;
