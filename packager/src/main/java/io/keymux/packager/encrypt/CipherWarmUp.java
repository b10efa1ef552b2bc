package io.keymux.packager.encrypt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Loads the JDK's ciphers and calls them often enough to be compiled, on a thread of its own.
 *
 * <p>For processes that run one job and end: started while inputs are parsed, it hides 50 to 100 ms
 * of class loading, and the first megabytes are encrypted by the processor's AES instructions
 * instead of by the interpreter. Nothing waits for it, and without it the result is the same.
 */
public final class CipherWarmUp {
  /** Of one block each; more than the JIT compiler asks for before it looks at a method. */
  private static final int CALLS = 600;

  private static final int BLOCK_BYTES = 16;

  private CipherWarmUp() {}

  /** Starts it and returns at once. */
  public static void start() {
    Thread thread = new Thread(CipherWarmUp::run, "keymux-cipher-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    try {
      for (String transformation :
          new String[] {CencSampleCipher.TRANSFORMATION, CbcsSampleCipher.TRANSFORMATION}) {
        warmUp(transformation);
      }
    } catch (GeneralSecurityException e) {
      // Whoever needs the cipher says what is wrong with it.
    }
  }

  private static void warmUp(String transformation) throws GeneralSecurityException {
    MessageDigest.getInstance("SHA-256").digest(new byte[BLOCK_BYTES]);
    Cipher cipher = Cipher.getInstance(transformation);
    byte[] in = new byte[BLOCK_BYTES];
    byte[] out = new byte[BLOCK_BYTES];
    SecretKeySpec nobodysKey = new SecretKeySpec(new byte[BLOCK_BYTES], "AES");
    for (int i = 0; i < CALLS; i++) {
      if (i % BLOCK_BYTES == 0) {
        cipher.init(Cipher.ENCRYPT_MODE, nobodysKey, new IvParameterSpec(out));
      }
      cipher.update(in, 0, BLOCK_BYTES, out, 0);
    }
  }
}
