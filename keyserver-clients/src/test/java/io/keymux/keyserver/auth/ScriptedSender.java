package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyServerCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Answers without a network, in the order of a script, and remembers what it was asked. */
final class ScriptedSender implements CallSender {
  private final Queue<HttpAnswer> answers = new ArrayDeque<>();
  final List<KeyServerCall> calls = new ArrayList<>();

  ScriptedSender then(int status, String body) {
    return then(status, Map.of(), body);
  }

  ScriptedSender then(int status, Map<String, List<String>> headers, String body) {
    answers.add(new HttpAnswer(status, headers, body.getBytes(UTF_8)));
    return this;
  }

  @Override
  public HttpAnswer send(KeyServerCall call) {
    calls.add(call);
    HttpAnswer answer = answers.poll();
    if (answer == null) {
      throw new AssertionError("not expected: " + call);
    }
    return answer;
  }

  String body(int number) {
    return new String(calls.get(number).body().reveal(), UTF_8);
  }

  static HttpAnswer refusal(int status) {
    return refusal(status, List.of());
  }

  static HttpAnswer refusal(int status, List<String> challenges) {
    return new HttpAnswer(status, Map.of("WWW-Authenticate", challenges), new byte[0]);
  }
}
