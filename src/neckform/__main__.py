"""``python -m neckform``."""

from neckform.cli import main

if __name__ == "__main__":
    main()
