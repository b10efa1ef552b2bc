package io.keymux.docs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.keyserver.http.KeyExchangeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRuleTest {

  @ParameterizedTest
  @CsvSource({"CALLER, false", "UNSUPPORTED, false", "UPSTREAM, true", "OUTPUT, true"})
  void mayPassLater_everyBlame_isAsWhoHasToAct(Blame blame, boolean expected) {
    assertThat(RetryRule.mayPassLater(new DrmException(blame, "code", "Problem.", "Remedy.")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void mayPassLater_keyServer_isAsItSays(boolean retryable) {
    DrmException failure =
        retryable
            ? KeyExchangeException.unreachable("keys.example", "refused")
            : KeyExchangeException.untrusted("keys.example");
    assertThat(RetryRule.mayPassLater(failure)).isEqualTo(retryable);
  }
}
