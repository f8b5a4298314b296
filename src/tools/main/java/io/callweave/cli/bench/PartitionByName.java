package io.callweave.cli.bench;

import io.callweave.settings.value.PartitionBy;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Spelled as the setting {@code bridge.partition-by}. */
final class PartitionByName implements ITypeConverter<PartitionBy> {

    @Override
    public PartitionBy convert(String name) {
        return Arrays.stream(PartitionBy.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + name + "' is neither session nor account"));
    }
}
