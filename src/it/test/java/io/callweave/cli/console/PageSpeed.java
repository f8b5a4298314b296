package io.callweave.cli.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the page with 2,000 live calls and 100,000 finished ones with the page of a small company, in the same browser: the
 * time from a change of the filter to its painting, the longest frame while the list scrolls, and the CPU time that the page
 * takes for it. Nobody sees less than a frame of work, and 200 ms are quick; a machine on which the small page is slow gets
 * more. A page that looks at all finished calls exceeds the limit of work. Of each figure the best of some counts, because a
 * busy machine only adds. Fails if two rounds in turn exceed a limit.
 */
final class PageSpeed {

    private static final int ROUNDS = 2;
    private static final int REPEATS = 7;
    private static final double QUICK_MS = 200;
    private static final double FRAME_MS = 1000.0 / 60;
    private static final double MOST_TIME = 4;
    private static final double MOST_WORK = 3;

    /** What the server has found is on the screen, too. */
    private static final String SETTLED = "import('/assets/calls.js').then(({list}) => new Promise(done => {"
            + " const look = () => requestAnimationFrame(list.loading ? look : done); look(); })).then(() => 0)";

    private static final List<Action> ACTIONS = List.of(
            new Action(
                    "choose outbound",
                    "until(() => choose('direction', 'Outbound'), () => rows().length > 10"
                            + " && rows().every(row => row.textContent.includes('outbound')))",
                    "until(() => choose('direction', ''), () => rows().some(row => row.textContent.includes('inbound')))"),
            new Action(
                    "type a number",
                    "until(() => type('3035000050'), () => rows().length === 1)",
                    "until(() => type(''), () => rows().length > 10)"),
            new Action(
                    "finished only",
                    "until(() => choose('result', 'over'), () => rows().length > 10"
                            + " && !document.querySelector('.is-live'))",
                    "until(() => choose('result', ''), () => document.querySelector('.is-live'))"),
            new Action(
                    "scroll 40 frames",
                    "frames(40, () => document.querySelector('.rows').scrollTop += 90)",
                    "document.querySelector('.rows').scrollTop = 0"));

    private PageSpeed() {}

    /** What somebody does, as an expression with the milliseconds that it takes, and how it is undone. */
    private record Action(String name, String does, String undoes) {

        Figures best(Browser browser) {
            double ms = Double.MAX_VALUE;
            double work = Double.MAX_VALUE;
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                double before = browser.work();
                ms = Math.min(ms, browser.value(does).asDouble());
                browser.value(SETTLED);
                work = Math.min(work, browser.work() - before);
                browser.value(undoes);
                browser.value(SETTLED);
            }
            return new Figures(ms, work);
        }

        boolean isQuick(Figures small, Figures large) {
            return large.ms <= Math.max(QUICK_MS, MOST_TIME * small.ms)
                    && large.work <= MOST_WORK * Math.max(small.work, FRAME_MS);
        }
    }

    private record Figures(double ms, double work) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("page-speed");
        boolean quick = false;
        try (Browser browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
                PageWithCalls small = PageWithCalls.fill(folder.resolve("small"), 20, 100);
                PageWithCalls large = PageWithCalls.fill(folder.resolve("large"), 2_000, 100_000)) {
            for (int round = 0; round < ROUNDS && !quick; round++) {
                quick = compare(measure(browser, small), measure(browser, large));
            }
        }
        System.out.println(quick ? "quick enough" : "TOO SLOW");
        System.exit(quick ? 0 : 1); // a server's threads
    }

    private static List<Figures> measure(Browser browser, PageWithCalls page) {
        page.open(browser);
        List<Figures> figures = new ArrayList<>();
        ACTIONS.forEach(each -> figures.add(each.best(browser)));
        return figures;
    }

    private static boolean compare(List<Figures> small, List<Figures> large) {
        boolean quick = true;
        System.out.printf("%-18s %28s %28s%n", "", "20 and 100 calls", "2,000 and 100,000 calls");
        for (int at = 0; at < ACTIONS.size(); at++) {
            Action action = ACTIONS.get(at);
            boolean isQuick = action.isQuick(small.get(at), large.get(at));
            quick &= isQuick;
            System.out.printf(
                    "%-18s %8.0f ms, work %6.1f ms %8.0f ms, work %6.1f ms%s%n",
                    action.name(),
                    small.get(at).ms(),
                    small.get(at).work(),
                    large.get(at).ms(),
                    large.get(at).work(),
                    isQuick ? "" : "  TOO SLOW");
        }
        return quick;
    }
}
