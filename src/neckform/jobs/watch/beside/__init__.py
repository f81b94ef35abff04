"""What runs beside the loop: it starts the monitor, steers it, or shows it in the tray."""
