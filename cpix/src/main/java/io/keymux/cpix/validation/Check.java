package io.keymux.cpix.validation;

/** A few rules that belong together. Stateless. */
interface Check {
  void run(DocumentView tree, Report report);
}
