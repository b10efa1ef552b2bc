/** Where inputs lie and outputs go, by URI: local files, HTTP servers, S3 buckets. */
@NullMarked
package io.keymux.api.storage;

import org.jspecify.annotations.NullMarked;
