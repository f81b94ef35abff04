"""How the documentation is built: ``python -m sphinx -W -b html docs OUTPUT``.

Sphinx builds it, because it is the generator that Python's own documentation and numpy's use: it
reads NumPy docstrings, and ``-W`` turns each broken link into a failure. MyST
lets the pages stay Markdown that also reads well where the code is hosted.
"""

from __future__ import annotations

from importlib.metadata import version as installed_version

project = "neckform"
author = "the neckform developers"
version = release = installed_version("neckform")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
root_doc = "index"
html_theme = "furo"
html_title = f"neckform {version}"
exclude_patterns = ["_build"]

myst_heading_anchors = 3

napoleon_google_docstring = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
# Everything is described where it is defined; the types in signatures are read in the source.
autodoc_default_options = {"members": True, "show-inheritance": True}
