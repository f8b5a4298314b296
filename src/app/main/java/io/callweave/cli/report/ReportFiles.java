package io.callweave.cli.report;

import io.callweave.cli.common.Output;
import io.callweave.files.LocalException;
import io.callweave.files.WholeFile;
import io.callweave.report.CallReport;
import io.callweave.report.Table;
import io.callweave.report.page.CsvFiles;
import io.callweave.report.page.ReportPage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directory of a report. */
final class ReportFiles {

    private final Path directory;

    private ReportFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory if it is missing, before any work is done.
     *
     * @throws LocalException if that fails
     */
    static ReportFiles in(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new LocalException("--out is " + directory + "; it must name a directory, not a file.", e);
        } catch (IOException e) {
            throw new LocalException("The directory " + directory + " cannot be made: " + e.getMessage() + ".", e);
        }
        if (!Files.isWritable(directory)) {
            throw new LocalException("Nothing can be written to the directory " + directory + ": access is denied.");
        }
        return new ReportFiles(directory);
    }

    /** Writes page and CSV files in place of those of a report before, once all are whole; returns the page. */
    Path write(CallReport report, ReportPage.Source source, boolean numbersShown) throws IOException {
        Path page = directory.resolve("report.html");
        CsvFiles csv = new CsvFiles(report.rules().zone(), numbersShown);
        List<WholeFile> files = new ArrayList<>();
        try {
            for (Table table : report.tables()) {
                csv.write(table, begin(files, directory.resolve(table.name() + ".csv")));
            }
            try (Writer out = new OutputStreamWriter(begin(files, page), StandardCharsets.UTF_8)) {
                new ReportPage(report, source, numbersShown).write(out);
            }
            for (WholeFile file : files) {
                file.finish();
            }
        } finally {
            files.forEach(WholeFile::close);
        }
        return page;
    }

    private static OutputStream begin(List<WholeFile> files, Path path) {
        WholeFile file = new WholeFile(path);
        files.add(file);
        return Output.to(file.part());
    }
}
