package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Where an encrypted value belongs; it can be decrypted nowhere else.
 *
 * @param tenant whose it is
 * @param table of the database
 * @param row what tells it from the other rows of the tenant
 */
public record Place(String tenant, String table, String row) {
  public Place {
    if ((tenant + table + row).indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a place has a line break");
    }
  }

  /** What no two places have in common. */
  byte[] associatedData(String dataKey) {
    return String.join("\n", "keymux-1", dataKey, tenant, table, row).getBytes(UTF_8);
  }
}
