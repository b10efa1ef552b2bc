#!/usr/bin/env bash
# Makes the sample ladder: three H.264 renditions of one moving test picture and one stereo AAC track.
# Usage: test-vectors/make-sample-ladder.sh [OUTPUT_DIR]   (env FFMPEG: another ffmpeg)
# One thread and bit-exact muxing: the same ffmpeg build writes the same bytes every time.
set -euo pipefail
cd "$(dirname "$0")"
ffmpeg=${FFMPEG:-ffmpeg}
out=${1:-vectors/sample-ladder}
mkdir -p "$out"

run=("$ffmpeg" -hide_banner -loglevel error -nostdin -y)
exact=(-map_metadata -1 -fflags +bitexact -movflags +faststart)

# width height kbit/s: closed GOPs of exactly 2 s at the same instants in every rendition, B-frames as references.
video() {
  "${run[@]}" -f lavfi -i "testsrc2=size=1280x720:rate=24:duration=10" -vf "scale=$1:$2:flags=bicubic+bitexact" \
    -c:v libx264 -preset slow -profile:v high -pix_fmt yuv420p -threads 1 -flags:v +bitexact+cgop \
    -g 48 -keyint_min 48 -sc_threshold 0 -bf 3 -b_strategy 0 \
    -b:v "$3k" -maxrate "$(($3 * 5 / 4))k" -bufsize "$(($3 * 2))k" "${exact[@]}" "$out/video-$2p.mp4"
}
video 640 360 350
video 960 540 750
video 1280 720 1400

# Left and right differ, so that a swapped or missing channel is heard.
"${run[@]}" -f lavfi -i "aevalsrc='0.3*sin(2*PI*(330+110*floor(mod(t,4)))*t)|0.3*sin(2*PI*(440-55*floor(mod(t,4)))*t)':s=48000:d=10" \
  -c:a aac -b:a 128k -threads 1 -flags:a +bitexact "${exact[@]}" "$out/audio-stereo.mp4"
