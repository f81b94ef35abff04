"""``python -m neckform``."""

from neckform.cli import program

if __name__ == "__main__":
    program()
