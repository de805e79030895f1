"""From a scene to files: catalogue, clock, encoder, captions, manifest."""
