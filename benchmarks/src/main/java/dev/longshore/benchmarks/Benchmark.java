package dev.longshore.benchmarks;

import dev.longshore.benchmarks.measure.Report;

/** Something that is measured. */
interface Benchmark {

    Report run(Setting setting) throws Exception;
}
