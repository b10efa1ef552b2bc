#!/bin/sh
# Makes the whole files that the cases of vectors/corpus/cases.txt change. Made with ffmpeg 5.1;
# other versions give other bytes, and then cases that count them have to follow.
set -eu
cd "$(dirname "$0")/vectors/corpus/base"
q="-hide_banner -loglevel error -y"
exact="-fflags +bitexact -flags:v +bitexact -flags:a +bitexact -map_metadata -1"
video="-f lavfi -i testsrc=size=64x64:rate=5:duration=2.4"
audio="-f lavfi -i sine=frequency=440:sample_rate=8000:duration=2.4"
avc="-c:v libx264 -preset veryfast -threads 1 -crf 45 -g 3 -keyint_min 3 -bf 1 -bsf:v filter_units=remove_types=6"
aac="-c:a aac -b:a 8k -ac 1"

ffmpeg $q $video $avc $exact v.mp4
ffmpeg $q $video $audio $avc $aac $exact av.mp4
ffmpeg $q $audio $aac $exact a.mp4
ffmpeg $q $audio $aac $exact qt.mov
ffmpeg $q $video -c:v libx265 -preset veryfast -x265-params log-level=none:info=0:keyint=3:crf=45 -tag:v hvc1 $exact hevc.mp4
ffmpeg $q -i v.mp4 -c copy $exact -movflags frag_keyframe+empty_moov+default_base_moof frag.mp4
