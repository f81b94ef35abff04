"""Where pictures and landmarks come from: files, cameras, landmark recordings."""
