/** What tests share: a scripted registry, real registries as processes, small images, the house's architecture rules. */
@NullMarked
package dev.longshore.testkit;

import org.jspecify.annotations.NullMarked;
