package io.callweave.export;

import io.callweave.files.LocalException;
import io.callweave.listing.CallListing;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.util.Locale;

/**
 * Values out of the topics of a cluster. Where only the newest value of a key counts, a topic is read twice: to find out where
 * the newest ones are, and to write them. In order of partitions and offsets.
 */
public final class TopicExport implements ExportSource {

    private final TopicReader reader;
    private final String prefix;
    private final LeftOut leftOut;
    private boolean learnt;

    /** @param prefix of the topics */
    public TopicExport(TopicReader reader, String prefix, LeftOut leftOut) {
        this.reader = reader;
        this.prefix = prefix;
        this.leftOut = leftOut;
    }

    @Override
    public long export(ExportKind kind, ExportSelection selection, CallListing out, ExportProgress progress)
            throws IOException {
        // With all revisions, the earlier ones of a call need not name what is excluded either.
        boolean learns = kind == ExportKind.ROWS || kind == ExportKind.EVENTS || selection.revisions();
        if (learns && !leftOut.isNothing() && !learnt) {
            learnt = true;
            reader.readByPartition(ExportKind.CALLS.topic().name(prefix), read -> {
                if (read.value() != null) {
                    leftOut.learn(read.value());
                }
            });
        }
        Pass pass = new Pass(kind, selection, progress, kind.topic().name(prefix));
        return kind.isTable() && !selection.revisions() ? pass.newest(out) : pass.all(out);
    }

    @Override
    public void close() {
        // Each reading closes its consumers.
    }

    private final class Pass {

        private final ExportKind kind;
        private final ExportSelection selection;
        private final ExportProgress progress;
        private final String topic;
        private final long total;
        private long done;
        private long written;

        Pass(ExportKind kind, ExportSelection selection, ExportProgress progress, String topic) {
            this.kind = kind;
            this.selection = selection;
            this.progress = progress;
            this.topic = topic;
            total = reader.count(topic);
        }

        long all(CallListing out) throws IOException {
            reader.<IOException>readByPartition(topic, read -> {
                step("records read");
                if (read.value() != null
                        && selection.takes(ValueHead.of(kind, read))
                        && !leftOut.hasValue(read.value())) {
                    out.add(read.value());
                    written++;
                }
            });
            return written;
        }

        long newest(CallListing out) throws IOException {
            try (NewestValues newest = new NewestValues()) {
                reader.readByPartition(topic, read -> {
                    step("records compared");
                    if (read.value() == null) {
                        newest.remove(read);
                        return;
                    }
                    ValueHead head = ValueHead.of(kind, read);
                    boolean taken = selection.takesNewest(head, read.key()) && !leftOut.hasValue(read.value());
                    newest.add(read, head.epoch(), kind == ExportKind.CALLS ? head.revision() : 0, taken);
                });
                done = 0;
                reader.<IOException>readByPartition(topic, read -> {
                    step("records read");
                    if (read.value() != null && newest.isWanted(read)) {
                        out.add(read.value());
                        written++;
                    }
                });
                if (written < newest.wanted()) {
                    throw new LocalException((newest.wanted() - written) + " of " + newest.wanted() + " "
                            + kind.name().toLowerCase(Locale.ROOT) + " on " + topic
                            + " were removed by compaction while they were read; export them again.");
                }
                return written;
            }
        }

        private void step(String what) {
            done++;
            progress.at(kind.word() + ": " + done + " " + what, done, total);
        }
    }
}
