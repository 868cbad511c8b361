/** Registries for tests: a scripted one that misbehaves on command, real ones as processes, and images to put there. */
@NullMarked
package dev.longshore.testkit.registry;

import org.jspecify.annotations.NullMarked;
