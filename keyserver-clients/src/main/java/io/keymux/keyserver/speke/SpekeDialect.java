package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import java.util.List;
import org.w3c.dom.Document;

/** How keys are asked for in a dialect, and how its answers read. */
interface SpekeDialect {

  /** The way of {@code dialect}. */
  static SpekeDialect of(CpixDialect dialect) {
    return dialect.speke() == SpekeVersion.V1_0 ? new SpekeV1(dialect) : new SpekeV2(dialect);
  }

  /**
   * What the packager wants, in the words of CPIX.
   *
   * @param recipients whom the keys shall be encrypted for; empty for clear keys
   */
  CpixDocument ask(KeyRequest request, List<DeliveryData> recipients);

  /** {@code asked} as it is sent. */
  Document write(CpixDocument asked);

  /**
   * An answer as the answer of a current server would read.
   *
   * @param answer as it was read
   * @param tree that it was read from
   * @param scheme that was wished for, which not every version can say
   * @throws io.keymux.cpix.DrmException if signalling cannot be read
   */
  CpixDocument normalize(CpixDocument answer, Document tree, ProtectionScheme scheme);
}
