"""Scripted recognitions: what is read in place of recognizing a picture."""
