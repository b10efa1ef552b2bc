package io.keymux.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelConfigurationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mp4a.40.2 | 1 | urn:mpeg:mpegB:cicp:ChannelConfiguration | 1",
        "mp4a.40.2 | 2 | urn:mpeg:mpegB:cicp:ChannelConfiguration | 2",
        "Opus | 6 | urn:mpeg:mpegB:cicp:ChannelConfiguration | 6",
        "mp4a.40.2 | 8 | urn:mpeg:mpegB:cicp:ChannelConfiguration | 12",
        "ac-3 | 2 | tag:dolby.com,2014:dash:audio_channel_configuration:2011 | A000",
        "ec-3 | 6 | tag:dolby.com,2014:dash:audio_channel_configuration:2011 | F801",
        "ec-3 | 8 | tag:dolby.com,2014:dash:audio_channel_configuration:2011 | FA01",
      })
  void of_usualLayout_isTheSchemesValue(String codecs, int channels, String scheme, String value) {
    assertThat(ChannelConfiguration.of(codecs, channels))
        .isEqualTo(new ChannelConfiguration(scheme, value));
  }

  @ParameterizedTest
  @CsvSource({"mp4a.40.2, 0", "mp4a.40.2, 9", "ec-3, 4", "ac-3, 0"})
  void of_noUsualLayout_isNull(String codecs, int channels) {
    assertThat(ChannelConfiguration.of(codecs, channels)).isNull();
  }
}
