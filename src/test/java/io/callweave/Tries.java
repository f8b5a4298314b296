package io.callweave;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * How many tries a property gets. The system property {@code callweave.test.tries} is {@code few} (the default: a tenth
 * of what its annotation says, but at least {@value #FEWEST}) or {@code all}. jqwik finds this hook by itself.
 */
public final class Tries implements AroundPropertyHook {

    static final int FEWEST = 5;

    private static final int JQWIKS_DEFAULT = 1_000;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        // Whoever sets a seed looks for the failure that it once found, which may be that of a late try.
        if (attributes.seed().isEmpty() && few()) {
            int all = attributes.tries().orElse(JQWIKS_DEFAULT);
            attributes.setTries(Math.min(all, Math.max(FEWEST, all / 10)));
        }
        return property.execute();
    }

    private static boolean few() {
        String tries = System.getProperty("callweave.test.tries", "few");
        return switch (tries) {
            case "few" -> true;
            case "all" -> false;
            default -> throw new IllegalArgumentException("callweave.test.tries is " + tries + ", not few or all");
        };
    }
}
