"""What follows from a message besides words: plain values, written down by writings.py."""
