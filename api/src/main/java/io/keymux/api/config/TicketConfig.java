package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code keyServer.tickets} as it is written. Each field may stand in an environment
 * variable instead, {@code KEYMUX_KEYSERVER_TICKETS_USER} and so on.
 *
 * @param password a reference
 * @param ticketLifetime in seconds
 * @param loginLifetime in seconds
 */
record TicketConfig(
    @Nullable String user,
    @Nullable String password,
    @Nullable Integer ticketLifetime,
    @Nullable Integer loginLifetime,
    @Nullable Boolean singleUse) {
  static final TicketConfig EMPTY = new TicketConfig(null, null, null, null, null);

  private static final String SECTION = "keyServer.tickets.";
  private static final String VARIABLE = "KEYMUX_KEYSERVER_TICKETS_";
  private static final int LONGEST_SECONDS = 7 * 24 * 3600;

  /**
   * @throws DrmException with code {@code invalid-config} if a variable is no number or no boolean
   */
  TicketConfig with(Map<String, String> environment) {
    String otherUser = text(environment, "USER");
    String otherPassword = text(environment, "PASSWORD");
    String otherUse = text(environment, "SINGLEUSE");
    return new TicketConfig(
        otherUser == null ? user : otherUser,
        otherPassword == null ? password : otherPassword,
        number(environment, "TICKETLIFETIME", ticketLifetime),
        number(environment, "LOGINLIFETIME", loginLifetime),
        otherUse == null ? singleUse : truth(otherUse));
  }

  /**
   * @throws DrmException with code {@code invalid-config} if user and password do not go together,
   *     the password is no reference to one, or a lifetime is not 1 second to 7 days
   */
  TicketSettings resolve(Map<String, String> environment) {
    TicketSettings usual = TicketSettings.DEFAULT;
    return new TicketSettings(
        account(environment),
        lifetime("ticketLifetime", ticketLifetime, usual.ticketLifetime()),
        lifetime("loginLifetime", loginLifetime, usual.loginLifetime()),
        singleUse == null ? usual.singleUse() : singleUse);
  }

  private TicketSettings.@Nullable Account account(Map<String, String> environment) {
    if (user == null && password == null) {
      return null;
    }
    if (user == null || user.isBlank()) {
      throw invalid(SECTION + "user is missing", "Give user and password, or neither.");
    }
    if (password == null) {
      throw invalid(SECTION + "password is missing", "Give user and password, or neither.");
    }
    return new TicketSettings.Account(
        user, SecretReference.resolve(SECTION + "password", password, environment));
  }

  private static Duration lifetime(String name, @Nullable Integer seconds, Duration usual) {
    if (seconds == null) {
      return usual;
    }
    if (seconds < 1 || seconds > LONGEST_SECONDS) {
      throw invalid(
          SECTION + name + " is " + seconds, "Give 1 to " + LONGEST_SECONDS + " seconds.");
    }
    return Duration.ofSeconds(seconds);
  }

  private static @Nullable Integer number(
      Map<String, String> environment, String name, @Nullable Integer configured) {
    String text = text(environment, name);
    if (text == null) {
      return configured;
    }
    if (!text.matches("\\d{1,9}")) {
      throw invalid(VARIABLE + name + " is \"" + text + "\", not a number", "Correct or unset it.");
    }
    return Integer.valueOf(text);
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw invalid(
              VARIABLE + "SINGLEUSE is \"" + text + "\", not true or false",
              "Correct or unset it.");
    };
  }

  private static @Nullable String text(Map<String, String> environment, String name) {
    String value = environment.get(VARIABLE + name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static DrmException invalid(String problem, String remedy) {
    return new DrmException(Blame.CALLER, "invalid-config", problem + ".", remedy);
  }
}
