package io.keymux.api.keyserver;

import io.keymux.cpix.KeyId;
import java.util.Collection;

/**
 * Told of keys before they leave, and before they come in. What it throws keeps them from doing so.
 */
public interface KeyListener {
  /** Hears nothing. */
  KeyListener NONE =
      new KeyListener() {
        @Override
        public void given(String contentId, Collection<KeyId> ids) {}

        @Override
        public void taken(String contentId, KeyId id) {}
      };

  /**
   * Keys are about to be given.
   *
   * @param contentId empty if a player did not say
   */
  void given(String contentId, Collection<KeyId> ids);

  /** A key from outside is about to be taken over. */
  void taken(String contentId, KeyId id);
}
