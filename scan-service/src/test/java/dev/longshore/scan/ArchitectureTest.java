package dev.longshore.scan;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.longshore.testkit.ArchitectureRules;

@AnalyzeClasses(packages = "dev.longshore.scan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule NOTHING_BLOCKS = ArchitectureRules.nothingBlocksOnAUniExcept();

    @ArchTest
    static final ArchRule NOTHING_SUBSCRIBES = ArchitectureRules.nothingSubscribesExcept();

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE = ArchitectureRules.knowsNoOtherService("scan");
}
