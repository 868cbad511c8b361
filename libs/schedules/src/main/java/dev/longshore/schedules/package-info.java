/** What runs at set times: cron schedules as people write them, and the rows that say what is due next. */
@NullMarked
package dev.longshore.schedules;

import org.jspecify.annotations.NullMarked;
