"""The four icons: each has a colour and a shape of its own, for those who see no colours, too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from neckform.core.monitor.signs import Sign

SIZES = (16, 22, 24, 32, 48, 64)
GOOD, BAD, UNSEEN, PAUSED = (
    QColor("#1f9d55"),
    QColor("#e07a10"),
    QColor("#7d8894"),
    QColor("#3b82c4"),
)
_WHITE = QColor("#ffffff")


def icon_of(sign: Sign) -> QIcon:
    """A green disc with a tick, an orange triangle with a stroke, a grey ring, blue bars."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_drawn(sign, size))
    return icon


def _drawn(sign: Sign, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 32, size / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    _DRAWING[sign](painter)
    painter.end()
    return pixmap


def _good(painter: QPainter) -> None:
    painter.setBrush(GOOD)
    painter.drawEllipse(QPointF(16, 16), 14, 14)
    _lines(painter, 4, [(9, 17), (14, 22), (23, 11)])


def _bad(painter: QPainter) -> None:
    painter.setBrush(BAD)
    painter.drawPolygon(_polygon([(16, 2), (31, 29), (1, 29)]))
    _lines(painter, 4, [(16, 12), (16, 19)])
    _lines(painter, 4, [(16, 25), (16, 25.1)])


def _unseen(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(UNSEEN, 4)
    pen.setDashPattern([1.6, 1.1])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(16, 16), 12.5, 12.5)


def _paused(painter: QPainter) -> None:
    painter.setBrush(PAUSED)
    for left in (6, 18):
        painter.drawRoundedRect(QRectF(left, 4, 8, 24), 2, 2)


_DRAWING = {Sign.GOOD: _good, Sign.BAD: _bad, Sign.UNSEEN: _unseen, Sign.PAUSED: _paused}


def _lines(painter: QPainter, width: float, points: list[tuple[float, float]]) -> None:
    pen = QPen(_WHITE, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(_polygon(points))


def _polygon(points: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
