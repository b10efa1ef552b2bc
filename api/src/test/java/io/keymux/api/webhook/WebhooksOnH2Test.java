package io.keymux.api.webhook;

import io.keymux.api.config.ServiceSettings;

/** On the embedded database. */
class WebhooksOnH2Test extends WebhooksContract {
  @Override
  ServiceSettings on(ServiceSettings settings) {
    return settings;
  }
}
