"""Every sentence that a person reads or hears, and how it is spoken."""
