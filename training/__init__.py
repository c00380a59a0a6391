"""What teaches the coder: the replies, their codings, and the training of the encoder."""
