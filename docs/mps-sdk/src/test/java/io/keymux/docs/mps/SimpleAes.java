package io.keymux.docs.mps;

import com.tencentcloudapi.mps.v20190612.models.DrmInfo;
import com.tencentcloudapi.mps.v20190612.models.SimpleAesDrm;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** DRM with a key of the caller's own, and what decrypts it. */
final class SimpleAes {
  static final String VECTOR = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
  private static final String KEY = "000102030405060708090a0b0c0d0e0f";

  private SimpleAes() {}

  static DrmInfo drm() {
    SimpleAesDrm aes = new SimpleAesDrm();
    aes.setUri("https://keys.example/one");
    aes.setKey(KEY);
    aes.setVector(VECTOR);
    DrmInfo drm = new DrmInfo();
    drm.setType("simpleaes");
    drm.setSimpleAesDrm(aes);
    return drm;
  }

  /** A segment under the caller's key and vector. */
  static byte[] decrypted(byte[] segment) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
        new IvParameterSpec(HexFormat.of().parseHex(VECTOR)));
    return cipher.doFinal(segment);
  }
}
