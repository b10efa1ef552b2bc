package io.keymux.keyserver.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server asks for in {@code WWW-Authenticate}.
 *
 * @param scheme in lower case, as {@code digest}
 * @param parameters values without quotes, by name in lower case
 * @see "RFC 9110, 11.6.1 WWW-Authenticate"
 */
record Challenge(String scheme, Map<String, String> parameters) {

  /** All challenges of all headers, in their order; what cannot be read is passed over. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      new Parser(header).parse(challenges);
    }
    return challenges;
  }

  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Commas stand between challenges and between their parameters, so only {@code =} tells. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    void parse(List<Challenge> challenges) {
      Map<String, String> parameters = new TreeMap<>();
      while (at < text.length()) {
        String word = token().toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
          at++; // A comma, a blank, or a character that has no business here.
          continue;
        }
        skipBlanks();
        if (peek() == '=') {
          at++;
          skipBlanks();
          parameters.putIfAbsent(word, peek() == '"' ? quoted() : token());
        } else {
          parameters = new TreeMap<>();
          challenges.add(new Challenge(word, parameters));
        }
      }
    }

    private String token() {
      int start = at;
      while (isTokenCharacter(peek())) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length() && peek() != '"') {
        if (peek() == '\\') {
          at++;
        }
        if (at < text.length()) {
          value.append(text.charAt(at++));
        }
      }
      at++;
      return value.toString();
    }

    private void skipBlanks() {
      while (peek() == ' ' || peek() == '\t') {
        at++;
      }
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isTokenCharacter(char c) {
      return c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }
  }
}
