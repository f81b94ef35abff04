"""The jobs of ``neckform share`` and ``neckform open``: the skeleton is sent, not the video."""
