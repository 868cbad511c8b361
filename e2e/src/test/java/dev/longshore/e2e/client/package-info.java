/** Those who use the suite: an API client, and the registries' users with skopeo, crane and regctl. */
@NullMarked
package dev.longshore.e2e.client;

import org.jspecify.annotations.NullMarked;
