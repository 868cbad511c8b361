/** Docker Distribution: the {@code registry:2} and {@code registry:3} images, and Debian's {@code docker-registry}. */
@NullMarked
package dev.longshore.registries.distribution;

import org.jspecify.annotations.NullMarked;
