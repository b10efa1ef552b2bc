package io.keymux.packager.bento4;

import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.tool.ToolCommand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** The command line of {@code mp4encrypt}: the only place where a key becomes an argument. */
final class EncryptCommand {
  private EncryptCommand() {}

  /**
   * Encrypts a track with its key and its first IV.
   *
   * @param program {@code mp4encrypt}
   * @param trackId of the only track of {@code clear}
   * @param encryption with an IV whose low half is zero, if it is one of counter mode
   */
  static ToolCommand of(
      Path program, int trackId, TrackEncryption encryption, Path clear, Path encrypted) {
    String method = encryption.scheme().fourCc().toUpperCase(Locale.ROOT);
    ToolCommand command =
        ToolCommand.of(program).args("--method", "MPEG-" + method).args("--strict");
    if (encryption.ivs().perSampleBytes() == 8) {
      command.args("--global-option", "mpeg-cenc.iv-size-8:true");
    }
    return command
        .args("--key")
        .secretArg(trackId + ":" + key(encryption) + ":" + firstIv(encryption))
        .args("--property", trackId + ":KID:" + encryption.key().id().toHex())
        .args(clear.toString(), encrypted.toString());
  }

  private static String key(TrackEncryption encryption) {
    byte[] key = encryption.key().value().reveal();
    String hex = HexFormat.of().formatHex(key);
    Arrays.fill(key, (byte) 0);
    return hex;
  }

  /** Always of 32 digits: a shorter one is filled with zeros where nobody expects it. */
  private static String firstIv(TrackEncryption encryption) {
    byte[] iv = new byte[SampleIvs.BLOCK_BYTES];
    encryption.ivs().fill(0, iv);
    return HexFormat.of().formatHex(iv);
  }
}
