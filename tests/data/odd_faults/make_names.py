"""Make recordings whose file names are hostile: python make_names.py RECORDING FOLDER

RECORDING is any recording that neckform reads (a short .nfobs is quickest). Linux only: some of
the names cannot be made elsewhere.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = [
    b"\xe9tirement",  # Latin-1, no UTF-8: as old sticks and archives bring them
    b"\xff\xfe",
    b"=cmd()",
    b"+1+1",
    b"-2+3",
    b"@SUM(1)",
    b'=HYPERLINK("x","a")',
    b"\x1b[31mRED\x1b]0;pwned\x07",
    b"a\nneckform: a second line",
    b"a\r\nWEBVTT",
    b"<img src=x onerror=alert(1)>",
    b'"><svg onload=alert(1)>',
    b"javascript:alert(1)",
    b"-rf",
    b"--out",
    b"a" * 240,
    b"...",
    b"index",
]

source, folder = sys.argv[1], os.fsencode(sys.argv[2])
ending = os.fsencode(Path(source).suffix)
Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
for name in NAMES:
    shutil.copyfile(source, folder + b"/" + name + ending)
