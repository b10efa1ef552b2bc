package com.example;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.xml.CpixReader;
import io.keymux.cpix.xml.CpixWriter;
import io.keymux.keyserver.RawKeys;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.profile.KeyServers;
import io.keymux.packager.JobResult;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.Stage;
import io.keymux.packager.verify.PresentationVerifier;
import io.keymux.packager.verify.VerificationReport;
import io.keymux.packager.verify.VerifyRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs {@link PackageFile} and fails unless all of it came out as it should. */
final class ConsumerCheck {
  private static final SecretBytes KEY =
      SecretBytes.copyOf("sixteen bytes of".getBytes(StandardCharsets.US_ASCII));

  private ConsumerCheck() {}

  public static void main(String[] args) throws Exception {
    Path movie = Path.of(args[0]);
    Path output = Path.of(args[1]);
    packaged(movie, output.resolveSibling("packaged"));
    cancelled(movie, output.resolveSibling("cancelled"));
    everyKeyServer();
    documentOnAnyThread();
    ClassPath.requireAsKept(Path.of(args[2]));
  }

  private static void packaged(Path movie, Path output) throws Exception {
    Map<KeyId, SecretBytes> asked = new HashMap<>();
    PrintStream terminal = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    JobResult result;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      result = PackageFile.run(movie, output, id -> remember(asked, id), new CancelToken());
    } finally {
      System.setOut(terminal);
    }
    String progress = printed.toString(StandardCharsets.UTF_8);
    for (Stage stage : Stage.values()) {
      require(progress.contains(stage + " "), "no progress of " + stage + ":\n" + progress);
    }
    require(result.verification().samplesCompared() > 0, "the job did not verify its output");
    VerificationReport report =
        PresentationVerifier.verify(new VerifyRequest(output, asked, List.of(movie)));
    require(report.passed(), "findings: " + report.findings());
    require(report.samplesCompared() > 0, "the key exchange's key decrypts no sample");
  }

  private static SecretBytes remember(Map<KeyId, SecretBytes> asked, KeyId id) {
    asked.put(id, KEY);
    return KEY;
  }

  private static void cancelled(Path movie, Path output) throws Exception {
    CancelToken cancel = new CancelToken();
    try {
      PackageFile.run(movie, output, id -> cancelling(cancel), cancel);
    } catch (DrmException e) {
      require(e.code().equals(CancelToken.CODE), "cancelled with code " + e.code());
      require(Files.notExists(output), "a cancelled job left its folder");
      return;
    }
    throw new IllegalStateException("a cancelled job went on");
  }

  private static SecretBytes cancelling(CancelToken cancel) {
    cancel.cancel();
    return KEY;
  }

  /** The profiles are YAML in the second artifact: they need its dependencies at run time. */
  private static void everyKeyServer() throws IOException {
    KeyServers servers =
        KeyServers.of(
            Map.of(),
            (setting, reference) -> KEY,
            HttpSettings.DEFAULT,
            RawKeys.parse(
                List.of("eb676abbcb345e96bbcf616630f1a3da:100b6c20940f779a4589152b57d2dacb")));
    require(servers.profiles().size() > 10, "profiles: " + servers.profileNames());
  }

  /** JAXB is found by class loaders, and threads of pools and servers often have one of others. */
  private static void documentOnAnyThread() {
    CpixDocument document =
        CpixDocument.ofKeys(
            "my-movie",
            List.of(new ContentKey(KeyId.ofBytes(KEY.reveal()), KEY, null, null)),
            List.of());
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    CpixDocument read = CpixReader.read(CpixWriter.write(document));
    require(read.contentKeys().equals(document.contentKeys()), "keys read: " + read.contentKeys());
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
