package io.keymux.packager.tool;

import java.time.Duration;

/**
 * How a program ran that ended as wanted.
 *
 * @param exitStatus one of those that the command accepts
 * @param output the end of what it printed, stdout and stderr interleaved, at most {@value
 *     ToolLog#TAIL_BYTES} bytes
 * @param wall from before its start to its end
 * @param cpu user and system time of the process itself, sampled: up to 20 ms are missing; 0 where
 *     the system does not tell
 * @param peakRssBytes the largest resident set of a single process, as GNU time tells it: of the
 *     program, or of a child that lived for 100 ms; sampled every 10 ms, at first earlier; 0 where
 *     there is no {@code /proc}
 */
public record ToolResult(
    int exitStatus, String output, Duration wall, Duration cpu, long peakRssBytes) {}
