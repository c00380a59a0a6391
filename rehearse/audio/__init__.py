"""Hearing and speaking: devices, voice activity, turn-taking, transcription, voices."""
