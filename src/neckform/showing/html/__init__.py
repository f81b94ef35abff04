"""``report.html``: one file with everything in it, for people to read, keep and print."""

from neckform.showing.html.night import night_html
from neckform.showing.html.page import page_html, write_page
from neckform.showing.html.pictures import BestMoments, Picture
from neckform.showing.html.trace import Trace

__all__ = ["BestMoments", "Picture", "Trace", "night_html", "page_html", "write_page"]
