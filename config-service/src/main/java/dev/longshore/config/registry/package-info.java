/** What is done towards registries: judging their addresses, sealing their secrets, diagnosing them. */
@NullMarked
package dev.longshore.config.registry;

import org.jspecify.annotations.NullMarked;
