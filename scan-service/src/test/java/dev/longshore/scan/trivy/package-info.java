@NullMarked
package dev.longshore.scan.trivy;

import org.jspecify.annotations.NullMarked;
