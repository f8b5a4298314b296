package io.callweave;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** What is released, as compiled: the modules stand on the class path as folders or as jars. */
final class ProductClasses {

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/")
                    && !location.contains("/testkit/")
                    && !location.contains("-tests.jar"))
            .importPackages("io.callweave");

    private ProductClasses() {}
}
