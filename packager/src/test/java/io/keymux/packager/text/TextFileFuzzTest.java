package io.keymux.packager.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keymux.cpix.Bytes;

/** Any bytes are text that fits to media, or refused; and so is any sample. */
class TextFileFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void open_anyFile_textOrRefused(byte[] input) {
    TextFuzz.open(new TextInput("fuzz.vtt", Bytes.copyOf(input)));
    TextFuzz.open(new TextInput("fuzz.ttml", Bytes.copyOf(input)));
    TextFuzz.sample(input);
  }
}
