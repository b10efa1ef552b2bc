package io.keymux.cpix.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.xml.SafeXml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Documents without signatures do not pay for XML Signature. */
class LazyLoadingTest {

  @Test
  void verify_unsignedDocument_loadsNothingOfXmlSignature(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path unsigned = Files.write(folder.resolve("a.xml"), SafeXml.serialize(Sample.document()));
    Document document = Sample.document();
    TestSigner.ALICE.signer().sign(document, Set.of(SignedPart.CONTENT_KEYS));
    Path signed = Files.write(folder.resolve("b.xml"), SafeXml.serialize(document));

    assertThat(loadedFor(unsigned))
        .contains(SignatureVerifier.class.getName(), "0 signatures")
        .doesNotContain("javax.xml.crypto", "org.jcp.xml.dsig");
    assertThat(loadedFor(signed)).contains("1 signatures", "javax.xml.crypto");
  }

  private static String loadedFor(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Verification.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    }
  }

  /** What the other process does. */
  static final class Verification {
    private Verification() {}

    @SuppressWarnings("SystemOut") // It is how the process answers.
    public static void main(String[] args) throws IOException {
      SignatureReport report =
          new SignatureVerifier(TrustAnchors.NONE, Clock.systemUTC())
              .verify(SafeXml.parse(Files.readAllBytes(Path.of(args[0]))));
      System.out.println(report.signatures().size() + " signatures");
    }
  }
}
