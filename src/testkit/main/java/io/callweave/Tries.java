package io.callweave;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * How many tries a property gets. The system property {@code callweave.test.tries} is {@code few} (the default: a tenth
 * of what its annotation says, but at least {@value #FEWEST}) or {@code all}. jqwik finds this hook by itself; tests that
 * count seeds themselves call {@link #of}.
 */
public final class Tries implements AroundPropertyHook {

    static final int FEWEST = 5;

    private static final int DEFAULT_OF_JQWIK = 1_000;

    /** The number of tries to make if there are {@code all} in the full tier. */
    public static int of(int all) {
        String tries = System.getProperty("callweave.test.tries", "few");
        return switch (tries) {
            case "few" -> Math.min(all, Math.max(FEWEST, all / 10));
            case "all" -> all;
            default ->
                throw new IllegalArgumentException("callweave.test.tries is \"" + tries + "\"; it must be few or all.");
        };
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        // A seed is set to see a failure again, which may be that of a late try.
        if (attributes.seed().isEmpty()) {
            attributes.setTries(of(attributes.tries().orElse(DEFAULT_OF_JQWIK)));
        }
        return property.execute();
    }
}
