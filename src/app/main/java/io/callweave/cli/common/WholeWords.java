package io.callweave.cli.common;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A help that breaks the descriptions of options only at spaces. Java's rules for line breaks, which Picocli follows, also break
 * {@code 0.1%} and {@code 09:00}. So while lines are broken, other characters stand for these.
 */
public final class WholeWords extends Help {

    private static final String BREAKABLE = ".,:;-/%=~()[]";

    /** The first character for private use; to Java it is a letter. */
    private static final char PRIVATE_USE = '\ue000';

    public WholeWords(CommandSpec command, ColorScheme colors) {
        super(command, colors);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        IOptionRenderer renderer = super.createDefaultOptionRenderer();
        return (option, labels, colors) -> {
            Text[][] rows = renderer.render(option, labels, colors);
            for (Text[] row : rows) {
                int description = row.length - 1;
                row[description] = colors.text(unbreakable(row[description].plainString()));
            }
            return rows;
        };
    }

    @Override
    public String optionList() {
        return readable(super.optionList());
    }

    private static String unbreakable(String text) {
        return text.chars()
                .map(each -> BREAKABLE.indexOf(each) < 0 ? each : PRIVATE_USE + each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String readable(String text) {
        return text.chars()
                .map(each -> BREAKABLE.indexOf(each - PRIVATE_USE) < 0 ? each : each - PRIVATE_USE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
