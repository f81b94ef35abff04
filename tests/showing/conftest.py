"""FFmpeg reads how loud it may be once per process, and here tests may come before neckform."""

from neckform.sensing.quiet import hush_video

hush_video()
