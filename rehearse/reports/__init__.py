"""Pages and plots made from the practice log. Knows nothing of the agent, nor of audio."""
