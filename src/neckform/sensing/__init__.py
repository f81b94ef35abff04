"""The edge in: video files, replay, landmark models, model bundles, privacy guard."""
