/** The service's database: connections, schema, and plain SQL that H2 and PostgreSQL both read. */
@NullMarked
package io.keymux.api.database;

import org.jspecify.annotations.NullMarked;
