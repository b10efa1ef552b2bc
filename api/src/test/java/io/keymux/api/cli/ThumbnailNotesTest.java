package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of thumbnails on the command line. */
class ThumbnailNotesTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  @TempDir Path folder;
  private final RecordedConsole console = new RecordedConsole();

  @BeforeEach
  void makeImages() throws IOException {
    for (int i = 8; i <= 10; i++) {
      BufferedImage image = new BufferedImage(160, 96, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "jpg", folder.resolve("tile-" + i + ".jpg").toFile());
    }
  }

  private int run(String command, String notes, String... more) {
    String[] args = new String[5 + more.length];
    args[0] = command;
    args[1] = LADDER.resolve("video-360p.mp4").toString();
    args[2] = folder.resolve("tile-") + notes;
    args[3] = "-o";
    args[4] = folder.resolve("out").toString();
    System.arraycopy(more, 0, args, 5, more.length);
    return console.run(Map.of("KEYMUX_DATA", folder.resolve("data").toString()), args);
  }

  @Test
  void package_images_areToldAndVerified() {
    assertThat(run("package", "*.jpg,tiles=2x2,every=1")).as(console.err.toString()).isZero();

    assertThat(console.out.toString())
        .contains("  thumbnails-48p (JPEG, 80x48, 2x2 an image, one every 1 s), 3 images, clear");
    assertThat(folder.resolve("out/thumbnails-48p/image-3.jpg"))
        .hasSameBinaryContentAs(folder.resolve("tile-10.jpg"));
    int verified =
        console.run(
            Map.of("KEYMUX_DATA", folder.resolve("data").toString()),
            "verify",
            folder.resolve("out").toString());
    assertThat(verified).as(console.out.toString()).isZero();
  }

  @Test
  void package_json_namesThem() {
    assertThat(run("package", "8.jpg,tiles=5x4,every=0.5", "--json")).isZero();

    assertThat(console.out.toString())
        .contains(
            "\"thumbnails\":[{\"name\":\"thumbnails-24p\",\"mimeType\":\"image/jpeg\","
                + "\"width\":32,\"height\":24,\"tiles\":\"5x4\",\"every\":0.5,\"images\":1}]");
  }

  @Test
  void plan_images_areTold() {
    assertThat(run("plan", "*.jpg,tiles=2x2,every=1")).isZero();

    assertThat(console.out.toString())
        .contains("  thumbnails-48p (JPEG, 80x48,")
        .contains("  thumbnails-48p/image-3.jpg");
  }

  @Test
  void package_aHoleInTheNumbers_isRefused() throws IOException {
    Files.delete(folder.resolve("tile-9.jpg"));

    assertThat(run("package", "*.jpg,tiles=2x2,every=1")).isEqualTo(3);
    assertThat(console.err.toString())
        .contains("error[segment-missing]")
        .contains("number 9 is not there, but 10 is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.jpg,tiles=2x2                  | the notes tiles and every, both,",
        "*.jpg,every=2                    | the notes tiles and every, both,",
        "*.jpg,tiles=2x2,every=1,label=a  | and no other.",
        "*.jpg,tiles=2x2,every=1,role=sign| and no other.",
        "*.jpg,tiles=2,every=1            | \"2\" is no grid: columns and rows, as 5x4.",
        "*.jpg,tiles=2x2,every=fast       | \"fast\" is no number of seconds",
        "*.jpg,tiles=2x2,every=0          | 0.001 to 86400 seconds",
      })
  void package_wrongNotes_areRefused(String notes, String message) {
    assertThat(run("package", notes)).isEqualTo(2);
    assertThat(console.err.toString()).contains(message);
  }
}
