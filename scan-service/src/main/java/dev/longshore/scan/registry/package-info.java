/** How images come out of registries: the clients, and the pass-through by which the scanner reads. */
@NullMarked
package dev.longshore.scan.registry;

import org.jspecify.annotations.NullMarked;
