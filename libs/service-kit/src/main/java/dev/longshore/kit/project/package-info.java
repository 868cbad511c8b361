/** To which project the repositories of registries belong, as the configuration says. */
@NullMarked
package dev.longshore.kit.project;

import org.jspecify.annotations.NullMarked;
