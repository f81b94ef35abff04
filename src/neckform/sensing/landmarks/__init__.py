"""Pictures to landmarks: the models, and what is looked for when."""
