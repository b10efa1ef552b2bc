package io.keymux.keyserver.widevine;

import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** RSASSA-PSS as the interface has it; the JDK's own default, but said aloud. */
final class PssSha1 {
  private static final int SALT_BYTES = 20;

  static final PSSParameterSpec PARAMETERS =
      new PSSParameterSpec(
          "SHA-1", "MGF1", MGF1ParameterSpec.SHA1, SALT_BYTES, PSSParameterSpec.TRAILER_FIELD_BC);

  private PssSha1() {}
}
