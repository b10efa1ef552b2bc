package io.keymux.packager.verify.ts;

/** Takes the PES packets of all streams, in the order in which they end. */
@FunctionalInterface
public interface PesConsumer {
  void pes(TsStream stream, PesPacket packet);
}
