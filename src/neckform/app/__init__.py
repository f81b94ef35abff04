"""What the jobs at the camera with a page share: the board, the server, the terminal."""
