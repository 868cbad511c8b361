/** Where real servers for tests run: as processes of this machine, or in containers of a Docker engine. */
@NullMarked
package dev.longshore.testkit.server;

import org.jspecify.annotations.NullMarked;
