"""What can be heard: recordings, synthesised speech, their pauses and loudness."""
