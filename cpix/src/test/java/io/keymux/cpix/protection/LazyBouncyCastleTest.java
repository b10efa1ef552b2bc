package io.keymux.cpix.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.credential.Credential;
import io.keymux.cpix.credential.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Documents are encrypted and decrypted where Bouncy Castle is not on the class path. */
class LazyBouncyCastleTest {

  /** Our classes anew, and none of Bouncy Castle's. */
  private static final class WithoutBouncyCastle extends ClassLoader {
    WithoutBouncyCastle() {
      super(LazyBouncyCastleTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.bouncycastle.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.keymux.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Object run(Class<?> type) throws Exception {
    Credential credential = TestCertificates.rsa2048("recipient 1");
    Callable<?> task =
        (Callable<?>)
            new WithoutBouncyCastle()
                .loadClass(type.getName())
                .getConstructor(byte[].class, Object.class)
                .newInstance(credential.certificate().getEncoded(), credential.privateKey());
    return task.call();
  }

  @Test
  void protectAndDecrypt_withoutBouncyCastle_work() throws Exception {
    assertThat(run(RoundTrip.class)).isEqualTo(true);
  }

  /** Guards the other test: the loader does keep Bouncy Castle away. */
  @Test
  void readPem_withoutBouncyCastle_fails() {
    assertThatThrownBy(() -> run(ReadPem.class))
        .isInstanceOfAny(NoClassDefFoundError.class, InvocationTargetException.class);
  }
}
