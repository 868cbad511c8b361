/** Trivy as a process: where it lies, its databases on disk, what is asked of it and what its reports mean. */
@NullMarked
package dev.longshore.scan.trivy;

import org.jspecify.annotations.NullMarked;
