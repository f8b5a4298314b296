package io.callweave.bench.scale;

/**
 * The memory and the disk of one application, in bytes.
 *
 * @param heap what the heap has less after the application has stopped, both after a collection
 * @param rocksDb block cache of all its stores, with memtables and index blocks
 * @param state its state directory after it has stopped
 * @param changelogs its changelogs on the broker, as far as they are compacted
 */
record Footprint(long heap, long rocksDb, long state, long changelogs) {}
