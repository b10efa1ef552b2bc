package io.keymux.keyserver.http;

import io.keymux.cpix.DrmException;

/** Says in the words of its user that a host may not be called. */
@FunctionalInterface
public interface AddressRefusal {
  /**
   * @param host as it stands in the URL, if it may be shown
   * @param why as {@code leads to an address that is not of the public internet}
   */
  DrmException refused(String host, String why);
}
