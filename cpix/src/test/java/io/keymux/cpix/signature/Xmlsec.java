package io.keymux.cpix.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.xml.CpixNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The program {@code xmlsec1}: other code on another XML parser and another cipher library. */
final class Xmlsec {
  private Xmlsec() {}

  /**
   * @param exit 0 if it verifies or has signed
   */
  record Outcome(int exit, String output) {}

  /** Skips the test where the program is missing, but fails in CI, which installs it. */
  static void require() {
    boolean present;
    try {
      present = run(List.of("--version")).output().startsWith("xmlsec1");
    } catch (IOException e) {
      present = false;
    }
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("xmlsec1 must be installed in CI");
    }
    Assumptions.assumeTrue(present, "xmlsec1 is not installed");
  }

  /**
   * @param number of the signature, from 1
   */
  static Outcome verify(Path file, int number) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--verify", "--insecure"));
    arguments.addAll(List.of("--node-xpath", "(//*[local-name()='Signature'])[" + number + "]"));
    arguments.addAll(ids());
    arguments.add(file.toString());
    return run(arguments);
  }

  /** Fills in the digest and value of the template that is the last signature of {@code xml}. */
  static byte[] sign(Path folder, String xml, TestSigner signer) throws IOException {
    Path key =
        Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", signer.key().getEncoded()));
    Path template = Files.writeString(folder.resolve("template.xml"), xml, UTF_8);
    Path signed = folder.resolve("signed.xml");
    List<String> arguments = new ArrayList<>(List.of("--sign", "--privkey-pem", key.toString()));
    arguments.addAll(List.of("--node-xpath", "(//*[local-name()='Signature'])[last()]"));
    arguments.addAll(List.of("--output", signed.toString()));
    arguments.addAll(ids());
    arguments.add(template.toString());
    Outcome outcome = run(arguments);
    if (outcome.exit() != 0) {
      throw new AssertionError(outcome);
    }
    return Files.readAllBytes(signed);
  }

  static String base64(TestSigner signer) {
    try {
      return Base64.getEncoder().encodeToString(signer.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der));
  }

  private static List<String> ids() {
    List<String> arguments = new ArrayList<>();
    for (SignedPart part : SignedPart.values()) {
      arguments.addAll(List.of("--id-attr:id", CpixNames.CPIX + ":" + part.elementName()));
    }
    return arguments;
  }

  private static Outcome run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("xmlsec1"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
