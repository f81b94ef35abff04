"""From samples to the neutral that everything is measured against."""
