/** The service's database: copies of what others published, scans, findings and decisions. */
@NullMarked
package dev.longshore.scan.postgres;

import org.jspecify.annotations.NullMarked;
