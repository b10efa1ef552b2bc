package io.keymux.api.storage;

/** Which hosts an operator allows by their names. */
@FunctionalInterface
interface HttpHosts {
  boolean allow(String host);
}
