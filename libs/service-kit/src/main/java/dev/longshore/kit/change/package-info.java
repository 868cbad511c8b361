/** What must hold before anything is changed at a registry: the lease is held and no freeze stands. */
@NullMarked
package dev.longshore.kit.change;

import org.jspecify.annotations.NullMarked;
